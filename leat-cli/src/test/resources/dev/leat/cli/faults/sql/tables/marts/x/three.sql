SELECT b.id FROM two AS b
