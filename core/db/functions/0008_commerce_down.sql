DROP TABLE holds, line_prices, price_overrides, discounts, price_list_lines, price_lists;
DROP FUNCTION guard_hold, only_the_end_may_change;
