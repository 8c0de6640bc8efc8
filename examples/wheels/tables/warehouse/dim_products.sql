/* leat
description: Every product with its line and its margin at list price
team: data
publish: true
key: [product_code]
*/
SELECT productcode AS product_code,
       productname AS product,
       productline AS product_line,
       productscale AS scale,
       productvendor AS vendor,
       quantityinstock AS in_stock,
       buyprice AS buy_price,
       msrp AS list_price,
       msrp - buyprice AS list_margin
FROM products
