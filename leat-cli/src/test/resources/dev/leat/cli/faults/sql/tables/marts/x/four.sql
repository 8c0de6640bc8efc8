SELECT id FRM clicks
