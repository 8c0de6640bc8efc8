SELECT vendorId AS vendor, reviewerId AS reviewer, rating, date FROM reviews
QUALIFY ROW_NUMBER() OVER (PARTITION BY vendorId ORDER BY date DESC, reviewerId, rating) <= 3
