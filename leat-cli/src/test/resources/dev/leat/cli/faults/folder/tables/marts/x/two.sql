SELECT id FROM three
