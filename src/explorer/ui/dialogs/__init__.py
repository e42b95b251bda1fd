"""What opens over the main screen: questions, lists, fields and the editor of notes."""
