DROP VIEW fact_proposals, fact_cases, fact_purchase_lines, fact_days_kept, fact_order_lines, fact_shipped,
    fact_line_steps;
