//! What a stream may refer back to.

/// The last bytes of a stream. Its memory grows with what there was, up to the window that the server
/// asked for.
#[derive(Default)]
pub(super) struct Window {
    /// Until it is full, in order; from then on a ring.
    bytes: Vec<u8>,
    /// Where the ring begins.
    start: usize,
    size: usize,
}

impl Window {
    pub(super) fn new(size: usize) -> Self {
        Self {
            bytes: Vec::new(),
            start: 0,
            size,
        }
    }

    /// How much it keeps at most.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// What is there, in order.
    pub(super) fn parts(&self) -> (&[u8], &[u8]) {
        let (newer, older) = self.bytes.split_at(self.start.min(self.bytes.len()));
        if newer.is_empty() {
            (&[], older)
        } else {
            (older, newer)
        }
    }

    pub(super) fn push(&mut self, new: &[u8]) {
        // Of what is longer than the window, the end.
        let new = new
            .get(new.len().saturating_sub(self.size)..)
            .unwrap_or_default();
        let room = self.size - self.bytes.len();
        let (append, mut rest) = new.split_at(room.min(new.len()));
        if self.bytes.capacity() - self.bytes.len() < append.len() {
            let half = self.bytes.len() / 2;
            self.bytes.reserve_exact(append.len().max(half).min(room));
        }
        self.bytes.extend_from_slice(append);
        while !rest.is_empty() {
            let Some(place) = self.bytes.get_mut(self.start..) else {
                return;
            };
            let (piece, after) = rest.split_at(place.len().min(rest.len()));
            for (to, from) in place.chunks_mut(piece.len()).take(1).zip([piece]) {
                to.copy_from_slice(from);
            }
            self.start += piece.len();
            if self.start == self.bytes.len() {
                self.start = 0;
            }
            rest = after;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_the_last_bytes_in_order() {
        let stream: Vec<u8> = (0..10_000).map(|_| fastrand::u8(..)).collect();
        for size in [1, 7, 100, 1024] {
            let mut window = Window::new(size);
            let mut random = fastrand::Rng::with_seed(size as u64);
            let mut at = 0;
            while at < stream.len() {
                let end = (at + random.usize(..size * 2)).min(stream.len());
                window.push(&stream[at..end]);
                at = end;
                let (older, newer) = window.parts();
                assert_eq!([older, newer].concat(), stream[at.saturating_sub(size)..at]);
            }
            assert!(window.bytes.capacity() <= size);
        }
    }
}
