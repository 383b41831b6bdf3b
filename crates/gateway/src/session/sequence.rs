/// The sequence numbers of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sequence(Option<u64>);

/// How a number stands to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Next,
    /// Numbers were left out.
    Gap {
        expected: u64,
    },
    /// It was not above the last; the last stays.
    Duplicate {
        last: u64,
    },
}

impl Sequence {
    pub(crate) const fn new(last: Option<u64>) -> Self {
        Self(last)
    }

    pub(crate) fn advance(&mut self, seq: u64) -> Order {
        let order = match self.0 {
            Some(last) if seq <= last => return Order::Duplicate { last },
            Some(last) if seq > last + 1 => Order::Gap { expected: last + 1 },
            _ => Order::Next,
        };
        self.0 = Some(seq);
        order
    }

    pub(crate) const fn last(self) -> Option<u64> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_judged_by_the_last_one() {
        let mut sequence = Sequence::default();
        assert_eq!(sequence.advance(5), Order::Next);
        assert_eq!(sequence.advance(6), Order::Next);
        assert_eq!(sequence.advance(6), Order::Duplicate { last: 6 });
        assert_eq!(sequence.advance(1), Order::Duplicate { last: 6 });
        assert_eq!(sequence.advance(10), Order::Gap { expected: 7 });
        assert_eq!(sequence.last(), Some(10));
        assert_eq!(sequence.advance(u64::MAX), Order::Gap { expected: 11 });
        assert_eq!(
            sequence.advance(u64::MAX),
            Order::Duplicate { last: u64::MAX }
        );
    }
}
