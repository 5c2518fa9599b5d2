DROP TABLE saved_views, case_comments;
