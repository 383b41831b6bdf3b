use std::{collections::VecDeque, time::Duration};

use crate::{protocol::RateLimit, session::Moment};

/// Frames arrive less evenly than they are sent; this much keeps a stretch of the server's clock from
/// holding more of them than one of ours.
const MARGIN: Duration = Duration::from_secs(1);

/// Sees to it that no stretch of time holds more sent frames than the limit allows.
#[derive(Clone, Debug)]
pub(crate) struct SendWindow {
    limit: RateLimit,
    sent: VecDeque<Moment>,
}

impl SendWindow {
    pub(crate) const fn new(limit: RateLimit) -> Self {
        Self {
            limit,
            sent: VecDeque::new(),
        }
    }

    pub(crate) fn record(&mut self, now: Moment) {
        let capacity = self.limit.frames as usize;
        while self.sent.len() >= capacity.max(1) {
            self.sent.pop_front();
        }
        self.sent.push_back(now);
    }

    /// From when on a frame may be sent that leaves room for `reserve` more; `None`: at any time.
    pub(crate) fn room_from(&self, reserve: u32) -> Option<Moment> {
        let allowed = self.limit.frames.saturating_sub(reserve).max(1) as usize;
        let excess = self.sent.len().checked_sub(allowed)?;
        let oldest = self.sent.get(excess)?;
        Some(*oldest + self.limit.per + MARGIN)
    }

    pub(crate) fn has_room(&self, now: Moment, reserve: u32) -> bool {
        self.room_from(reserve).is_none_or(|from| from <= now)
    }

    pub(crate) fn clear(&mut self) {
        self.sent.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> Moment {
        Moment::new(Duration::from_millis(millis))
    }

    #[test]
    fn reserve_is_kept_free_and_room_comes_back_with_time() {
        let mut window = SendWindow::new(RateLimit::new(5, Duration::from_secs(60)));
        for second in 0..3 {
            assert!(window.has_room(at(second * 1000), 2));
            window.record(at(second * 1000));
        }
        assert!(!window.has_room(at(3000), 2));
        assert!(window.has_room(at(3000), 0));
        assert_eq!(window.room_from(2), Some(at(61_000)));
        assert!(window.has_room(at(61_000), 2));
    }

    #[test]
    fn no_stretch_holds_more_than_the_limit() {
        let mut rng = fastrand::Rng::with_seed(7);
        let mut window = SendWindow::new(RateLimit::new(120, Duration::from_secs(60)));
        let (mut now, mut sent) = (0, Vec::new());
        while now < 600_000 {
            now += rng.u64(0..200);
            if window.has_room(at(now), 0) {
                window.record(at(now));
                sent.push(now);
            }
        }
        assert!(sent.len() > 1000);
        assert!(sent.windows(121).all(|span| span[120] - span[0] >= 60_000));
    }
}
