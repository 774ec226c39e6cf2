"""The pages: each reads the address, asks its questions, and shows the answers."""
