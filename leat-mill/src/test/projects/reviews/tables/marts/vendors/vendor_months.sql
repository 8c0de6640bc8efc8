SELECT vendorId AS vendor, DATE_TRUNC('month', date) AS month, COUNT(*) AS reviews, AVG(rating) AS rating, COUNT(DISTINCT reviewerId) AS reviewers
FROM reviews GROUP BY vendorId, DATE_TRUNC('month', date)
