//! What is asked of the operating system: how it hands out memory, whom it lets first, how it wants things to move, which time
//! zone it is in. Does nothing where there is no need, or no way.

/// Blocks from this many bytes on are asked of the system one by one, and given back as soon as they are free.
///
/// The allocator of glibc raises its own limit (128 kB at first) with every large block that is freed, to 32 MB in the end. After that
/// the vectors of a map lie between small things that live longer, and memory that is free cannot be given back. Measured on
/// 100,000 people and 500,000 ties, opened and closed many times: 200 MB while open and 170 MB when closed without this limit,
/// 125 and 61 MB with it. Smaller limits save little more and cost time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const OF_THEIR_OWN: libc::c_int = 1_000_000;

/// Prepares the process; to be called once, before much is asked for.
pub fn prepare_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the only door to this setting is a C function")]
    // SAFETY: `mallopt` takes two numbers, touches no memory of ours, and may be called at any time.
    let _took_it = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, OF_THEIR_OWN) };
}

/// Gives memory that is free back to the system: after something large was thrown away. Takes milliseconds: not for the
/// window's thread.
pub fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "the only door to the allocator is a C function")]
    // SAFETY: `malloc_trim` only hands pages back that are free, takes the allocator's own locks, and may be called at any time.
    let _gave_some = unsafe { libc::malloc_trim(0) };
}

/// Lets other threads go before this one from now on, where there are fewer cores than work: those of the window, and other
/// programs. `steps` from 0, nothing, to 19, the last of all; each lets others have a quarter more time.
pub fn let_others_first(steps: u8) {
    #[cfg(target_os = "linux")]
    {
        let steps = libc::c_int::from(steps.min(19));
        #[expect(unsafe_code, reason = "the only door to the scheduler is a C function")]
        // SAFETY: `setpriority` takes three numbers and touches no memory of ours; 0 names the calling thread.
        let _did_it = unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, steps) };
    }
    #[cfg(not(target_os = "linux"))]
    let _ = steps;
}

/// Whether the person has asked the desktop for less motion. False where it cannot be asked. Takes up to tens of milliseconds:
/// not for the window's thread.
pub fn reduces_motion() -> bool {
    // Each desktop has a small program that tells its settings.
    let (program, arguments, answer): (&str, &[&str], &str) = if cfg!(target_os = "macos") {
        let arguments = &["read", "com.apple.universalaccess", "reduceMotion"];
        ("defaults", arguments, "1")
    } else if cfg!(windows) {
        let folder = r"HKCU\Control Panel\Desktop\WindowMetrics";
        ("reg", &["query", folder, "/v", "MinAnimate"], "0")
    } else {
        let arguments = &["get", "org.gnome.desktop.interface", "enable-animations"];
        ("gsettings", arguments, "false")
    };
    let told = std::process::Command::new(program)
        .args(arguments)
        .stdin(std::process::Stdio::null())
        .output();
    told.is_ok_and(|told| {
        let words = String::from_utf8_lossy(&told.stdout);
        told.status.success() && words.split_whitespace().last() == Some(answer)
    })
}

/// The time zone of this computer; `None` where it does not tell.
pub fn time_zone() -> Option<jiff::tz::TimeZone> {
    jiff::tz::TimeZone::try_system().ok()
}
