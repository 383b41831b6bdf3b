//! Keys in order in an array, of which the first few count; behind them, the last one again.

/// How many keys are looked at together: eight of eight bytes are a line of the processor's cache.
const LINE: usize = 8;

/// How many of the keys, which are in order, come before the first of which `is_before` does not hold. There have to be
/// whole lines of them.
pub(super) fn rank<K, const N: usize>(keys: &[K; N], is_before: impl Fn(&K) -> bool) -> usize {
    // No step waits for what the one before it read: they are in nobody's cache, mostly.
    let mut lines = keys.chunks_exact(LINE);
    let is_line_before = |line: &&[K]| line.last().is_some_and(&is_before);
    let before = lines.clone().filter(is_line_before).count();
    let line = lines.nth(before).unwrap_or_default();
    before * LINE + line.iter().filter(|key| is_before(key)).count()
}

/// Puts something in at its place, among the first `len` of a list; there has to be room for it.
pub(super) fn put<T>(list: &mut [T], at: usize, len: usize, new: T) {
    if let Some(moved) = list.get_mut(at..=len) {
        moved.rotate_right(1);
    }
    if let Some(place) = list.get_mut(at) {
        *place = new;
    }
}

/// Behind the first `len` keys, writes the last of them again.
pub(super) fn pad<K: Copy>(keys: &mut [K], len: usize) {
    if let Some([last, rest @ ..]) = keys.get_mut(len.saturating_sub(1)..) {
        rest.fill(*last);
    }
}
