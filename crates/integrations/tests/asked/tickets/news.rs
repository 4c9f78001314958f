//! Messages of any bytes.

use afterword_integrations::VENDORS;
use afterword_integrations::evidence::Message;
use proptest::prelude::*;

use super::{SINCE, header_map};

/// Words that messages have, so that nonsense comes near to something.
fn nonsense() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("\"object_kind\":\"issue\",".to_owned()),
        Just("\"type\":\"Issue\",".to_owned()),
        Just("\"data\":{\"id\":\"x\"}".to_owned()),
        Just("\"issue\":{\"id\":\"1\",\"number\":1}".to_owned()),
        Just("\"key\":\"T-12\"".to_owned()),
        Just("\"state\":\"done\"".to_owned()),
        Just("\"webhookTimestamp\":9223372036854775807".to_owned()),
        Just(",".to_owned()),
        "[ -~]{0,8}",
    ];
    proptest::collection::vec(word, 0..8).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_message_does_harm(body in nonsense(), header in "[ -~]{0,40}") {
        let names = [
            "x-github-event", "x-hub-signature", "x-hub-signature-256", "x-gitlab-token",
            "linear-signature", "webhook-id", "webhook-timestamp", "webhook-signature",
        ];
        let mut headers: Vec<_> = names.map(|name| (name, &*header)).to_vec();
        headers[0].1 = "issues";
        let headers = header_map(&headers);
        let message = Message { headers: &headers, body: body.as_bytes(), received_at: SINCE };
        for tickets in VENDORS.iter().filter_map(|vendor| vendor.tickets()) {
            let _ = tickets.news(&message);
            prop_assert!(tickets.verify(&message, "the-secret-of-it").is_err());
            prop_assert!(tickets.verify(&message, "").is_err());
        }
    }
}
