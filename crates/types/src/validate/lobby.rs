use std::collections::BTreeMap;

use super::{Check, Validate, limits};
use crate::{
    Text,
    lobby::{
        AddLobbyMember, CreateLobby, JoinLobby, LobbyMember, ModifyLobby, SendLobbyMessage,
        UpdateLobbyMember,
    },
};

impl Validate for CreateLobby {
    fn check(&self, check: &mut Check) {
        metadata(check, "metadata", self.metadata.as_ref());
        check.list(
            "members",
            self.members.as_deref().unwrap_or_default(),
            limits::LOBBY_MEMBERS,
        );
        let timeout = self.idle_timeout_seconds;
        check.number("idle_timeout_seconds", timeout, limits::LOBBY_IDLE_TIMEOUT);
    }
}

impl Validate for JoinLobby {
    fn check(&self, check: &mut Check) {
        let timeout = self.idle_timeout_seconds;
        check.number("idle_timeout_seconds", timeout, limits::LOBBY_IDLE_TIMEOUT);
        metadata(check, "lobby_metadata", self.lobby_metadata.as_ref());
        metadata(check, "member_metadata", self.member_metadata.as_ref());
    }
}

impl Validate for ModifyLobby {
    fn check(&self, check: &mut Check) {
        metadata(
            check,
            "metadata",
            self.metadata.as_ref().and_then(Option::as_ref),
        );
        check.list(
            "members",
            self.members.as_deref().unwrap_or_default(),
            limits::LOBBY_MEMBERS,
        );
        let timeout = self.idle_timeout_seconds;
        check.number("idle_timeout_seconds", timeout, limits::LOBBY_IDLE_TIMEOUT);
    }
}

macro_rules! members {
    ($($Name:ident)*) => {$(
        impl Validate for $Name {
            fn check(&self, check: &mut Check) {
                metadata(check, "metadata", self.metadata.as_ref().and_then(Option::as_ref));
                let name = self.additional_name.as_ref().and_then(Option::as_ref);
                check.chars("additional_name", name, limits::LOBBY_MEMBER_NAME);
            }
        }
    )*};
}

members! { AddLobbyMember UpdateLobbyMember }

impl Validate for LobbyMember {
    fn check(&self, check: &mut Check) {
        metadata(check, "metadata", self.metadata.as_ref());
        let name = self.additional_name.as_ref();
        check.chars("additional_name", name, limits::LOBBY_MEMBER_NAME);
    }
}

impl Validate for SendLobbyMessage {
    fn check(&self, check: &mut Check) {
        check.chars("content", &self.content, 1..=usize::MAX);
    }
}

/// Keys and values count together.
fn metadata(check: &mut Check, field: &'static str, map: Option<&BTreeMap<Text, Text>>) {
    let texts = map
        .into_iter()
        .flatten()
        .flat_map(|(key, value)| [key, value]);
    let sum = texts.map(|text| text.chars().count()).sum();
    check.length(field, sum, limits::LOBBY_METADATA);
}
