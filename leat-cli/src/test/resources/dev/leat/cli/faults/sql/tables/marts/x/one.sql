SELECT id, amont FROM clicks
