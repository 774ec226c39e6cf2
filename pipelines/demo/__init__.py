"""The demo district: a simulated world and the exports a bureau would write of it."""
