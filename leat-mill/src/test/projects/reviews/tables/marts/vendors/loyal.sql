SELECT n AS reviews_written, COUNT(*) AS reviewers FROM (SELECT reviewerId, COUNT(*) AS n FROM reviews GROUP BY reviewerId) AS per GROUP BY n
