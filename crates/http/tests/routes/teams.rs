//! Teams, services and their import.

use afterword_domain::people::Role;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::api::{Answer, Api, Someone};

#[tokio::test]
async fn a_team_is_added_changed_and_removed_by_administrators() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    let new = json!({"name": "The Shop", "members": [mia.id]});
    mia.post("/teams", new.clone()).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let team = admin.post("/teams", new.clone()).await;
    team.is(StatusCode::CREATED);
    assert_eq!(team.text("slug"), "the-shop");
    admin.post("/teams", new).await.is_problem(StatusCode::CONFLICT, "conflict");
    let path = format!("/teams/{}", team.text("id"));

    let change = |tag: &str, body: Value| {
        admin.ask(Method::PATCH, &path).json(&body).header("if-match", tag).send()
    };
    let tag = team.header("etag");
    let changed = change(tag, json!({"lead": mia.id})).await;
    changed.is(StatusCode::OK);
    let stale = change(tag, json!({"name": "Old"})).await;
    stale.is_problem(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(stale.json["current"]["lead"], json!(mia.id));
    let odd = change("*", json!({"members": ["nobody"]})).await;
    odd.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    assert_eq!(odd.text("field"), "members");

    let service = json!({"team": team.text("id")});
    admin.write(Method::PUT, "/services/Check Out".replace(' ', "%20").as_str(), service).await;
    let listed = mia.get("/teams").await;
    assert_eq!(listed.json[0]["services"], json!(["Check Out"]));
    assert_eq!(listed.json[0]["lead"], json!(mia.id));
    admin.write(Method::DELETE, &path, json!(null)).await.is(StatusCode::NO_CONTENT);
    assert_eq!(mia.get("/teams").await.json, json!([]));
    assert_eq!(mia.get("/services").await.json, json!([{"name": "Check Out", "team": null}]));
}

#[tokio::test]
async fn a_service_keeps_its_name_however_it_is_spelled() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    let put = async |who: &Someone<'_>, name: &str, team: Value| {
        who.write(Method::PUT, &format!("/services/{name}"), json!({"team": team})).await
    };
    put(&mia, "search", json!(null)).await.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    put(&admin, "check-out", json!(null)).await.is(StatusCode::OK);
    assert_eq!(put(&admin, "Check_Out", json!(null)).await.text("name"), "check-out");
    let odd = put(&admin, "search", json!("nobody")).await;
    odd.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    admin
        .write(Method::DELETE, "/services/check-out", json!(null))
        .await
        .is(StatusCode::NO_CONTENT);
    let gone = admin.write(Method::DELETE, "/services/check-out", json!(null)).await;
    gone.is_problem(StatusCode::NOT_FOUND, "not-found");
}

async fn import(admin: &Someone<'_>, query: &str, text: &str) -> Answer {
    let path = format!("/import/organisation?{query}");
    admin.ask(Method::POST, &path).body("text/plain", text).send().await
}

#[tokio::test]
async fn a_file_is_looked_at_and_then_imported() {
    let api = Api::start().await;
    let (mia, admin) =
        (api.person("Mia", Role::Member).await, api.person("Root", Role::Admin).await);
    let table = "service,team,lead email,members\n\
        checkout,Shop,mia@example.org,root@example.org; linus@example.org\n\
        search,Shop,,\n";
    let refused = import(&mia, "format=csv", table).await;
    refused.is_problem(StatusCode::FORBIDDEN, "not-permitted");
    let looked = import(&admin, "format=csv&dry_run=true", table).await;
    looked.is(StatusCode::OK);
    assert_eq!(admin.get("/teams").await.json, json!([]));
    let imported = import(&admin, "format=csv", table).await;
    assert_eq!(imported.json, looked.json, "the report is the same");
    assert_eq!(
        imported.json["teams"],
        json!([{"name": "Shop", "new": true, "lead": "Mia", "joined": ["Root"]}])
    );
    assert_eq!(imported.json["skipped"][0]["text"], "linus@example.org");
    let teams = admin.get("/teams").await;
    assert_eq!(teams.json[0]["services"], json!(["checkout", "search"]));

    let again = import(&admin, "format=csv", table).await;
    assert_eq!((&again.json["unchanged"], &again.json["teams"]), (&json!(2), &json!([])));
    let owners = "/checkout/ @acme/payments\n/docs/*.md @acme/docs\n";
    let moved = import(&admin, "format=codeowners", owners).await;
    assert_eq!(
        moved.json["services"],
        json!([{"line": 1, "name": "checkout", "team": "payments", "before": "Shop", "new": false}])
    );
    let catalog = "kind: Component\nmetadata: {name: cart}\nspec: {owner: group:default/shop}\n";
    let taken = import(&admin, "format=backstage", catalog).await;
    assert_eq!(taken.json["services"][0]["team"], "Shop", "known by its slug");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_line() {
    let api = Api::start().await;
    let admin = api.person("Root", Role::Admin).await;
    for (query, text, words) in [
        ("format=csv", "a,b\n", "line 1"),
        ("format=codeowners", "*.md @acme/docs\n", "line 1"),
        ("format=backstage", "kind: Location\nspec: {}\n", "line 1"),
        ("format=csv", "", "line 1"),
    ] {
        let refused = import(&admin, query, text).await;
        refused.is_problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
        assert!(refused.text("detail").contains(words), "{}", refused.text("detail"));
    }
    let unknown = import(&admin, "format=ldif", "x").await;
    assert!(unknown.status.is_client_error());
}
