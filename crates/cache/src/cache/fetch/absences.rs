//! What was fetched and is not there.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Subject;
use crate::cache::slot::Moment;

/// How many are remembered.
const MOST: usize = 4_096;

/// What was fetched and is not there, for a while.
#[derive(Debug)]
pub(in crate::cache) struct Absences {
    /// For how long it is remembered.
    ttl: Moment,
    /// When the last of them is forgotten: after that the writer looks no further.
    last: AtomicU32,
    notes: Mutex<Notes>,
}

#[derive(Debug, Default)]
struct Notes {
    until: HashMap<Subject, Moment>,
    /// As they are forgotten. Those that were forgotten early, or noted again, are no more in `until` with this time.
    in_order: VecDeque<(Moment, Subject)>,
}

impl Absences {
    pub(super) fn new(ttl: Moment) -> Self {
        Self {
            ttl,
            last: AtomicU32::new(0),
            notes: Mutex::default(),
        }
    }

    /// Whether none is remembered.
    pub(super) fn is_empty(&self, now: Moment) -> bool {
        self.last.load(Ordering::Relaxed) <= now.0
    }

    pub(super) fn note(&self, subject: Subject, now: Moment) {
        let until = Moment(now.0.saturating_add(self.ttl.0));
        if until == now {
            return;
        }
        let mut notes = self.notes();
        notes.forget_old(now);
        if notes.in_order.len() == MOST {
            notes.forget_first();
        }
        notes.until.insert(subject, until);
        notes.in_order.push_back((until, subject));
        self.last.store(until.0, Ordering::Relaxed);
    }

    pub(super) fn contains(&self, subject: &Subject, now: Moment) -> bool {
        let found = |notes: &Notes| notes.until.get(subject).is_some_and(|until| *until > now);
        !self.is_empty(now) && found(&self.notes())
    }

    /// Forgets one: something was heard of it.
    pub(super) fn forget(&self, subject: &Subject) {
        self.notes().until.remove(subject);
    }

    pub(super) fn forget_all(&self, is_concerned: impl Fn(&Subject) -> bool) {
        self.notes()
            .until
            .retain(|subject, _| !is_concerned(subject));
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        // Each step leaves the notes sound.
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Notes {
    fn forget_old(&mut self, now: Moment) {
        while self
            .in_order
            .front()
            .is_some_and(|(until, _)| *until <= now)
        {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        if let Some((until, subject)) = self.in_order.pop_front()
            && self.until.get(&subject) == Some(&until)
        {
            self.until.remove(&subject);
        }
    }
}

#[cfg(test)]
mod tests {
    use polycord_types::id::UserId;

    use super::*;

    const fn user(id: u64) -> Subject {
        Subject::User(UserId::new(id))
    }

    #[test]
    fn a_note_is_forgotten_in_time_or_when_something_is_heard() {
        let absences = Absences::new(Moment(10));
        assert!(absences.is_empty(Moment(0)));
        absences.note(user(1), Moment(100));
        absences.note(user(2), Moment(105));
        absences.note(user(3), Moment(105));
        absences.forget(&user(3));
        assert!(absences.contains(&user(1), Moment(109)));
        assert!(!absences.contains(&user(1), Moment(110)));
        assert!(absences.contains(&user(2), Moment(110)));
        assert!(!absences.contains(&user(3), Moment(105)));
        assert!(!absences.is_empty(Moment(114)) && absences.is_empty(Moment(115)));
    }

    #[test]
    fn one_that_is_noted_again_is_remembered_longer() {
        let absences = Absences::new(Moment(10));
        absences.note(user(1), Moment(0));
        absences.note(user(1), Moment(8));
        absences.note(user(2), Moment(12));
        assert!(absences.contains(&user(1), Moment(17)));
    }

    #[test]
    fn no_more_are_remembered_than_the_bound() {
        let absences = Absences::new(Moment(10));
        for id in 1..=MOST as u64 + 5 {
            absences.note(user(id), Moment(1));
        }
        let notes = absences.notes();
        assert_eq!((notes.until.len(), notes.in_order.len()), (MOST, MOST));
        assert!(!notes.until.contains_key(&user(5)) && notes.until.contains_key(&user(6)));
    }

    #[test]
    fn without_a_lifetime_nothing_is_remembered() {
        let absences = Absences::new(Moment(0));
        absences.note(user(1), Moment(5));
        assert!(absences.is_empty(Moment(0)));
    }
}
