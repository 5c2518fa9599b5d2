"""Order entry from free text: words resolved against master data, drafts kept, questions asked, orders confirmed."""
