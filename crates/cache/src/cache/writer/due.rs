//! What happens by itself when its time has come.

use super::Writer;
use crate::cache::deadlines::Due;

impl Writer<'_> {
    /// Lets everything happen that is due.
    pub(in crate::cache) fn fall_due(&mut self) {
        while let Some(due) = self.books.deadlines.pop(self.now) {
            match due {
                Due::Typing(guild, channel, user) => self.end_typing(guild, channel, user),
                Due::Invite(guild, code) => self.end_invite(guild, code),
            }
        }
    }
}
