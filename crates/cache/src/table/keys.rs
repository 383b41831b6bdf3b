//! Keys in order in an array, of which the first few count; behind them, the last one again.

/// How many keys are looked at together: eight of eight bytes are a line of the processor's cache.
const LINE: usize = 8;

/// How many of the keys, which are in order, come before the first of which `is_before` does not hold. There have to be
/// whole lines of them.
#[inline]
pub(super) fn rank<K, const N: usize>(keys: &[K; N], is_before: impl Fn(&K) -> bool) -> usize {
    // No line waits for what was read of another: they are in nobody's cache, mostly.
    let (lines, _) = keys.as_chunks::<LINE>();
    let mut before = 0;
    for line in lines {
        before += usize::from(is_before(&line[LINE - 1]));
    }
    // All of the line but the last may be before.
    let Some(line) = lines.get(before) else {
        return before * LINE;
    };
    let mut at = 4 * usize::from(is_before(&line[3]));
    at += 2 * usize::from(is_before(&line[at + 1]));
    at += usize::from(is_before(&line[at]));
    before * LINE + at
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
