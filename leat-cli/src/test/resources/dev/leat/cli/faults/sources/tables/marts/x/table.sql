SELECT id FROM order_lines
