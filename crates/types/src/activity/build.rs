//! Activities that a bot shows.

use super::{
    Activity, ActivityButton, ActivityEmoji, ActivityParty, ActivityTimestamps, ActivityType,
    PartySize, StatusDisplayType,
};
use crate::{Text, Timestamp, id::EmojiId};

impl Activity {
    /// "Playing `name`".
    #[must_use]
    pub fn playing(name: impl Into<Text>) -> Self {
        Self::of(ActivityType::Playing, name)
    }

    /// "Streaming `name`", at an address on `twitch.tv` or `youtube.com`.
    #[must_use]
    pub fn streaming(name: impl Into<Text>, url: impl Into<Text>) -> Self {
        Self {
            url: Some(url.into()),
            ..Self::of(ActivityType::Streaming, name)
        }
    }

    /// "Listening to `name`".
    #[must_use]
    pub fn listening(name: impl Into<Text>) -> Self {
        Self::of(ActivityType::Listening, name)
    }

    /// "Watching `name`".
    #[must_use]
    pub fn watching(name: impl Into<Text>) -> Self {
        Self::of(ActivityType::Watching, name)
    }

    /// "Competing in `name`".
    #[must_use]
    pub fn competing(name: impl Into<Text>) -> Self {
        Self::of(ActivityType::Competing, name)
    }

    /// A status in one's own words.
    ///
    /// ```
    /// use polycord_types::{activity::Activity, validate::Validate};
    ///
    /// let activity = Activity::custom("counting sheep");
    /// assert_eq!(activity.state.as_deref(), Some("counting sheep"));
    /// assert!(activity.validate().is_ok());
    /// ```
    #[must_use]
    pub fn custom(text: impl Into<Text>) -> Self {
        // Clients show the state; the name has to be there all the same.
        Self::of(ActivityType::Custom, "Custom Status").state(text)
    }

    /// Sets the line below the name, or the text of a custom status; at most 128 characters.
    #[must_use]
    pub fn state(mut self, state: impl Into<Text>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets the address behind the state. Of bots it is not shown.
    #[must_use]
    pub fn state_url(mut self, url: impl Into<Text>) -> Self {
        self.state_url = Some(url.into());
        self
    }

    /// Sets what is being done, at most 128 characters. Of bots it is not shown.
    #[must_use]
    pub fn details(mut self, details: impl Into<Text>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// Sets the address behind the details. Of bots it is not shown.
    #[must_use]
    pub fn details_url(mut self, url: impl Into<Text>) -> Self {
        self.details_url = Some(url.into());
        self
    }

    /// Sets the emoji of a custom status: the characters of a standard one. Of bots it is not shown.
    #[must_use]
    pub fn emoji(mut self, emoji: impl Into<Text>) -> Self {
        self.emoji = Some(ActivityEmoji {
            name: Some(emoji.into()),
            ..ActivityEmoji::default()
        });
        self
    }

    /// Sets a custom emoji of a custom status. Of bots it is not shown.
    #[must_use]
    pub fn custom_emoji(mut self, name: impl Into<Text>, id: EmojiId, animated: bool) -> Self {
        self.emoji = Some(ActivityEmoji {
            name: Some(name.into()),
            id: Some(id),
            animated: Some(animated),
        });
        self
    }

    /// Sets when it began: clients count up from there. Of bots it is not shown.
    #[must_use]
    pub fn started(mut self, at: Timestamp) -> Self {
        self.times().start = millis(at);
        self
    }

    /// Sets when it ends: clients count down to there. Of bots it is not shown.
    #[must_use]
    pub fn ends(mut self, at: Timestamp) -> Self {
        self.times().end = millis(at);
        self
    }

    /// Sets how many of how many players are in the party. Of bots it is not shown.
    #[must_use]
    pub fn party(mut self, id: impl Into<Text>, current: u32, max: u32) -> Self {
        self.party = Some(ActivityParty {
            id: Some(id.into()),
            size: Some(PartySize { current, max }),
        });
        self
    }

    /// Adds a button: a text of 1 to 32 characters, and an address of 1 to 512. There can be two. Of bots it
    /// is not shown.
    #[must_use]
    pub fn button(mut self, label: impl Into<Text>, url: impl Into<Text>) -> Self {
        let buttons = self.buttons.get_or_insert_default();
        buttons.push(ActivityButton::link(label, url));
        self
    }

    /// Sets which of its lines the list of members shows. The default is the name.
    #[must_use]
    pub const fn status_display_type(mut self, shown: StatusDisplayType) -> Self {
        self.status_display_type = Some(shown);
        self
    }

    fn of(kind: ActivityType, name: impl Into<Text>) -> Self {
        Self {
            name: name.into(),
            kind,
            ..Self::default()
        }
    }

    fn times(&mut self) -> &mut ActivityTimestamps {
        self.timestamps.get_or_insert_default()
    }
}

/// Milliseconds of the Unix epoch; before it there are none.
fn millis(at: Timestamp) -> Option<u64> {
    u64::try_from(at.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn activities_are_written_as_documented() {
        for (activity, expected) in [
            (Activity::playing("a"), json!({"name": "a", "type": 0})),
            (
                Activity::streaming("a", "https://www.twitch.tv/a"),
                json!({"name": "a", "type": 1, "url": "https://www.twitch.tv/a"}),
            ),
            (
                Activity::listening("a").state("b").state_url("u"),
                json!({"name": "a", "type": 2, "state": "b", "state_url": "u"}),
            ),
            (
                Activity::watching("a").details("b").details_url("u"),
                json!({"name": "a", "type": 3, "details": "b", "details_url": "u"}),
            ),
            (
                Activity::custom("a").emoji("🦀"),
                json!({"name": "Custom Status", "type": 4, "state": "a", "emoji": {"name": "🦀"}}),
            ),
            (
                Activity::competing("a").custom_emoji("b", EmojiId::new(1), true),
                json!({"name": "a", "type": 5, "emoji": {"name": "b", "id": "1", "animated": true}}),
            ),
            (
                Activity::playing("a")
                    .started(Timestamp::from_seconds(1))
                    .ends(Timestamp::from_seconds(2))
                    .party("p", 1, 4)
                    .button("l", "u")
                    .status_display_type(StatusDisplayType::State),
                json!({"name": "a", "type": 0, "timestamps": {"start": 1000, "end": 2000},
                    "party": {"id": "p", "size": [1, 4]}, "buttons": [{"label": "l", "url": "u"}],
                    "status_display_type": 1}),
            ),
        ] {
            assert_eq!(serde_json::to_value(activity).unwrap(), expected);
        }
    }
}
