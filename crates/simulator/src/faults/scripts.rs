//! The faults still to be played.

use tokio::time::Instant;

use super::{Dialled, Fault, Script};

/// Who a point in a connection's life belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) shard: Option<u32>,
    pub(crate) resume_url: bool,
}

/// The faults still to be played, in the order given.
#[derive(Debug, Default)]
pub(crate) struct Scripts {
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    script: Script,
    until: Option<Instant>,
}

impl Scripts {
    pub(crate) fn push(&mut self, script: Script) {
        if script.times > 0 {
            let until = script.lasting.map(|time| Instant::now() + time);
            self.waiting.push(Waiting { script, until });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// The first fault for this place that `bites` knows; `live` says which shards are connected.
    ///
    /// Before IDENTIFY a connection to the main URL has no shard yet: one scripted for a shard is
    /// taken to be meant if that shard is not connected.
    pub(crate) fn take(
        &mut self,
        place: Place,
        live: impl Fn(u32) -> bool,
        bites: impl Fn(&Fault) -> bool,
    ) -> Option<Fault> {
        self.forget_the_late();
        let wanted = |waiting: &Waiting| waiting.script.is_for(place, &live, &bites);
        let at = self.waiting.iter().position(wanted)?;
        self.play(at)
    }

    /// As [`Self::take`], every one that is waiting, each once.
    pub(crate) fn take_each(
        &mut self,
        place: Place,
        live: impl Fn(u32) -> bool,
        bites: impl Fn(&Fault) -> bool,
    ) -> Vec<Fault> {
        self.forget_the_late();
        let mut taken = Vec::new();
        // From the back, since what was played for the last time makes room.
        for at in (0..self.waiting.len()).rev() {
            let wanted = |waiting: &Waiting| waiting.script.is_for(place, &live, &bites);
            if self.waiting.get(at).is_some_and(wanted) {
                taken.extend(self.play(at));
            }
        }
        taken.reverse();
        taken
    }

    fn forget_the_late(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let now = Instant::now();
        self.waiting
            .retain(|waiting| waiting.until.is_none_or(|until| now <= until));
    }

    fn play(&mut self, at: usize) -> Option<Fault> {
        let script = &mut self.waiting.get_mut(at)?.script;
        let fault = script.fault.clone();
        if script.times != u32::MAX {
            script.times -= 1;
        }
        if script.times == 0 {
            self.waiting.remove(at);
        }
        Some(fault)
    }
}

impl Script {
    fn is_for(
        &self,
        place: Place,
        live: impl Fn(u32) -> bool,
        bites: impl Fn(&Fault) -> bool,
    ) -> bool {
        let url = match self.url {
            Dialled::Any => true,
            Dialled::Main => !place.resume_url,
            Dialled::Resume => place.resume_url,
        };
        let shard = match (self.shard, place.shard) {
            (None, _) => true,
            (Some(wanted), Some(shard)) => wanted == shard,
            (Some(wanted), None) => !live(wanted),
        };
        url && shard && bites(&self.fault)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::advance;

    use super::*;
    use crate::faults::Dialled;

    const MAIN: Place = Place {
        shard: None,
        resume_url: false,
    };
    const RESUME: Place = Place {
        shard: Some(1),
        resume_url: true,
    };

    #[test]
    fn a_fault_is_played_as_often_and_where_it_was_asked_for() {
        let mut scripts = Scripts::default();
        scripts.push(Fault::HttpStatus(503).times(2).at(Dialled::Resume));
        let http = |fault: &Fault| matches!(fault, Fault::HttpStatus(_));
        assert_eq!(scripts.take(MAIN, |_| false, http), None);
        assert_eq!(
            scripts.take(RESUME, |_| false, |f| *f == Fault::NoHello),
            None
        );
        assert_eq!(
            scripts.take(RESUME, |_| false, http),
            Some(Fault::HttpStatus(503))
        );
        assert_eq!(
            scripts.take(RESUME, |_| false, http),
            Some(Fault::HttpStatus(503))
        );
        assert_eq!(scripts.take(RESUME, |_| false, http), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fault_that_lasts_a_while_is_over_then() {
        let mut scripts = Scripts::default();
        scripts.push(Fault::NoHello.lasting(Duration::from_secs(60)));
        let any = |_: &Fault| true;
        assert!(scripts.take(MAIN, |_| false, any).is_some());
        advance(Duration::from_secs(59)).await;
        assert!(scripts.take(MAIN, |_| false, any).is_some());
        advance(Duration::from_secs(2)).await;
        assert!(scripts.take(MAIN, |_| false, any).is_none());
    }

    #[test]
    fn before_identify_a_fault_is_for_the_shard_that_is_missing() {
        let mut scripts = Scripts::default();
        scripts.push(Script {
            shard: Some(1),
            ..Script::from(Fault::NoHello)
        });
        let any = |_: &Fault| true;
        assert_eq!(scripts.take(MAIN, |shard| shard == 1, any), None);
        assert_eq!(scripts.take(MAIN, |_| false, any), Some(Fault::NoHello));
    }
}
