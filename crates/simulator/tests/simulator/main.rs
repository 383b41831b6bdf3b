//! The simulator, asked by clients that nobody wrote for it.
#![allow(clippy::unwrap_used, reason = "in a test a panic is the answer")]

mod answers;
mod application;
mod bans;
mod bot;
mod call;
mod channels;
mod client;
mod commands;
mod day;
mod events;
mod fields;
mod foreign;
mod gateway;
mod guild;
mod intents;
mod interactions;
mod limits;
mod members;
mod messages;
mod models;
mod outgoing;
mod provoked;
mod recording;
mod requests;
mod rest;
mod roles;
mod scenario_page;
mod scenarios;
mod schedules;
mod sockets;
mod strictness;
mod templates;
mod threads;
mod traffic;
mod world;
