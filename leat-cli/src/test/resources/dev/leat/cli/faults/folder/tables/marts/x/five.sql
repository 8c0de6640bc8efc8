SELECT UPER(id) AS u, id FROM click
