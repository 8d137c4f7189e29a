//! How memory is asked of the system, and given back to it. Does nothing where the system's allocator needs no help.

/// Blocks from this many bytes on are asked of the system one by one, and given back as soon as they are free.
///
/// The allocator of glibc raises its own limit (128 kB at first) with every large block that is freed, to 32 MB in the end. After that
/// the vectors of a map lie between small things that live longer, and memory that is free cannot be given back. Measured on
/// 100,000 people and 500,000 ties, opened and closed many times: 200 MB while open and 170 MB when closed without this limit,
/// 125 and 61 MB with it. Smaller limits save little more and cost time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OF_THEIR_OWN: libc::c_int = 1_000_000;

/// Prepares the process; to be called once, before much is asked for.
pub fn prepare() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the only door to this setting is a C function")]
    // SAFETY: `mallopt` takes two numbers, touches no memory of ours, and may be called at any time.
    let _took_it = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, OF_THEIR_OWN) };
}

/// Gives memory that is free back to the system: after something large was thrown away. Takes milliseconds: not for the
/// window's thread.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the only door to the allocator is a C function")]
    // SAFETY: `malloc_trim` only hands pages back that are free, takes the allocator's own locks, and may be called at any time.
    let _gave_some = unsafe { libc::malloc_trim(0) };
}
