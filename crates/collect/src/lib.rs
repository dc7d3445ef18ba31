//! Takes in answers and observations from files.
