//! The comparison is fair only if everybody can do the work.

use polycord_benches::decoders;
use polycord_types::gateway::{Event, Frame};
use polycord_workload::Workload;
use serenity::model::event::{Event as SerenityEvent, GatewayEvent as SerenityFrame};

fn all() -> Vec<Workload> {
    let mut all = Workload::kinds();
    all.extend([Workload::mix(), Workload::guild_create()]);
    all
}

#[test]
fn every_decoder_reads_every_frame() {
    for frame in all().iter().flat_map(|workload| &workload.frames) {
        let _ = decoders::twilight(frame);
        let SerenityFrame::Dispatch(_, event) = decoders::serenity(frame) else {
            panic!("serenity sees no dispatch: {frame}");
        };
        assert!(!matches!(event, SerenityEvent::Unknown(_)), "{frame}");
    }
}

#[test]
fn nothing_deviates_from_our_models() {
    for text in all().iter().flat_map(|workload| &workload.frames) {
        let frame = Frame::parse(text).unwrap();
        let name = frame.name.as_deref().unwrap();
        let (event, report) = Event::decode_reporting(name, frame.data().unwrap()).expect(text);
        assert!(
            report.deviations.is_empty(),
            "{:?}: {text}",
            report.deviations
        );
        assert!(!matches!(event, Event::Raw(_)), "{text}");
    }
}

#[test]
fn mix_has_the_size_and_the_shares_of_real_traffic() {
    let mix = Workload::mix();
    let count = mix.frames.len();
    let mean = mix.bytes() / count;
    assert!((745..=785).contains(&mean), "{mean} bytes a frame");
    for (kind, percent) in [
        ("PRESENCE_UPDATE", 55),
        ("MESSAGE_CREATE", 18),
        ("TYPING_START", 8),
    ] {
        let prefix = format!(r#"{{"t":"{kind}""#);
        let frames = mix.frames.iter().filter(|frame| frame.starts_with(&prefix));
        let share = frames.count() * 100 / count;
        assert!(share.abs_diff(percent) <= 3, "{kind}: {share} %");
    }
}

#[test]
fn same_frames_in_every_run() {
    assert_eq!(Workload::mix().frames, Workload::mix().frames);
}
