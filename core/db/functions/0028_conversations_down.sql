DROP TABLE chat_preferences, conversation_turns, conversations;
