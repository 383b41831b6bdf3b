//! Stages and scheduled events.

use std::sync::Arc;

use polycord_types::{
    id::{ScheduledEventId, UserId},
    scheduled_event::{ScheduledEvent, ScheduledEventStatus},
    stage::StageInstance,
};

use super::Writer;
use crate::cache::data::GuildData;
use crate::cache::entry::{ScheduledEvents, StageInstances};
use crate::cache::kind::Kind;

impl Writer<'_> {
    /// Writes a live stage, of which each channel has one.
    pub(in crate::cache) fn put_stage(&mut self, data: &mut GuildData, stage: &StageInstance) {
        self.put::<StageInstances>(data, stage.channel_id, Arc::new(stage.clone()));
    }

    /// Removes a stage that ended, unless the channel has another one by now.
    pub(in crate::cache) fn remove_stage(&mut self, data: &mut GuildData, stage: &StageInstance) {
        let known = data.tables.stage_instances.get(stage.channel_id);
        if known.is_some_and(|known| known.row.id == stage.id) {
            self.remove::<StageInstances>(data, stage.channel_id);
        }
    }

    /// Makes a guild's live stages those of a list that is complete.
    pub(in crate::cache) fn reconcile_stages(
        &mut self,
        data: &mut GuildData,
        stages: &[StageInstance],
    ) {
        let rows = stages.iter();
        let rows = rows.map(|stage| (stage.channel_id, Arc::new(stage.clone())));
        self.reconcile::<StageInstances>(data, rows.collect());
    }

    /// Writes a scheduled event; one that is over goes.
    pub(in crate::cache) fn put_scheduled_event(
        &mut self,
        data: &mut GuildData,
        event: &ScheduledEvent,
    ) {
        if is_over(event) && !data.tables.scheduled_events.contains(event.id) {
            return;
        }
        let row = self.scheduled_event_row(data, event);
        self.put::<ScheduledEvents>(data, event.id, row);
        if is_over(event) {
            self.remove::<ScheduledEvents>(data, event.id);
        }
    }

    /// Makes a guild's scheduled events those of a list that is complete.
    pub(in crate::cache) fn reconcile_scheduled_events(
        &mut self,
        data: &mut GuildData,
        events: &[ScheduledEvent],
    ) {
        let rows = events.iter().filter(|event| !is_over(event));
        let rows = rows.map(|event| (event.id, self.scheduled_event_row(data, event)));
        let rows = rows.collect();
        self.reconcile::<ScheduledEvents>(data, rows);
    }

    /// Counts a user who became interested in an event, or is no more, if it is known how many were.
    pub(in crate::cache) fn count_interest(
        &mut self,
        data: &mut GuildData,
        event: ScheduledEventId,
        user: UserId,
        interested: bool,
    ) {
        self.touch(Kind::ScheduledEvent);
        let books = self.books.of_guild(data.id);
        if books.interests.is_repeated((event, user), interested) {
            return;
        }
        let Some(known) = self.known::<ScheduledEvents>(data, event) else {
            return;
        };
        let Some(count) = known.user_count else {
            return;
        };
        let mut new = (**known).clone();
        new.user_count = Some(if interested {
            count.saturating_add(1)
        } else {
            count.saturating_sub(1)
        });
        self.put::<ScheduledEvents>(data, event, Arc::new(new));
    }

    /// What only some events tell of a scheduled event stays.
    fn scheduled_event_row(&self, data: &GuildData, event: &ScheduledEvent) -> Arc<ScheduledEvent> {
        let mut event = event.clone();
        if let Some(known) = self.known::<ScheduledEvents>(data, event.id) {
            event.user_count = event.user_count.or(known.user_count);
            event.creator = event.creator.or_else(|| known.creator.clone());
        }
        Arc::new(event)
    }
}

/// Whether an event will not change any more.
fn is_over(event: &ScheduledEvent) -> bool {
    matches!(
        event.status,
        ScheduledEventStatus::Completed | ScheduledEventStatus::Canceled
    )
}
