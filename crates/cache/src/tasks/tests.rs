//! Each in one thread. `tests/schedules` has the orders in which several threads may go.

mod broadcast;
mod flights;
