"""What templates of every format share: the names that they may use, and the sandbox that they run in."""
