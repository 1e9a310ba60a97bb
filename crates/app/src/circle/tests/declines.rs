//! declines
