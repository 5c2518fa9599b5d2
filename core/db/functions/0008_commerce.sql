-- Price lists, contracts, discounts, holds and credit.
SELECT 1;
