//! Through the binary, as a user: each test in its own home, with its own clock.

mod home;
