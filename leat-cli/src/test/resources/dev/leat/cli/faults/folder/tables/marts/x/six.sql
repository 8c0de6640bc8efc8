/* leat
team: nobody
kee: [id]
*/
SELECT id FROM clicks
