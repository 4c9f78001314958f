//! Where a commit is shown on the web, read from the address of a remote.

/// The address of a commit, with `{commit}` for its name, where the remote is a forge that is
/// known. Nobody's credentials become part of it.
pub(super) fn url_template(remote: &str) -> Option<String> {
    let (host, path) = host_and_path(remote)?;
    let place = match host {
        "github.com" | "codeberg.org" | "git.sr.ht" => "commit",
        "bitbucket.org" => "commits",
        "gitlab.com" => "-/commit",
        _ if host.starts_with("gitlab.") => "-/commit",
        _ if host.starts_with("gitea.") || host.starts_with("forgejo.") => "commit",
        _ => return None,
    };
    Some(format!("https://{host}/{path}/{place}/{{commit}}"))
}

/// The last part of a remote's path: what its repository is called everywhere.
pub(super) fn name(remote: &str) -> Option<&str> {
    let path = trimmed(remote);
    let name = path.rsplit(['/', ':', '\\']).next()?;
    Some(name).filter(|name| !name.is_empty() && !name.chars().any(char::is_control))
}

/// `https://user:secret@host:443/path.git`, `ssh://git@host/path`, `git@host:path`.
fn host_and_path(remote: &str) -> Option<(&str, &str)> {
    let remote = trimmed(remote);
    let (host, path) = match remote.split_once("://") {
        Some(("http" | "https" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        None => remote.split_once(':')?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next()?;
    let path = path.trim_matches('/');
    let is_host = host.contains('.')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-');
    let is_path = !path.is_empty() && !path.chars().any(|c| c.is_whitespace() || c.is_control());
    (is_host && is_path).then_some((host, path))
}

fn trimmed(remote: &str) -> &str {
    let remote = remote.trim().trim_end_matches('/');
    remote.strip_suffix(".git").unwrap_or(remote).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_forges_show_commits() {
        let cases = [
            ("https://github.com/acme/shop.git", "https://github.com/acme/shop/commit/{commit}"),
            ("git@github.com:acme/shop.git", "https://github.com/acme/shop/commit/{commit}"),
            ("ssh://git@github.com:22/acme/shop", "https://github.com/acme/shop/commit/{commit}"),
            (
                "https://ada:hunter2@gitlab.com/a/b/shop/",
                "https://gitlab.com/a/b/shop/-/commit/{commit}",
            ),
            ("git@gitlab.acme.org:a/shop.git", "https://gitlab.acme.org/a/shop/-/commit/{commit}"),
            ("git@bitbucket.org:acme/shop.git", "https://bitbucket.org/acme/shop/commits/{commit}"),
            ("https://git.sr.ht/~ada/shop", "https://git.sr.ht/~ada/shop/commit/{commit}"),
        ];
        for (remote, template) in cases {
            assert_eq!(url_template(remote).as_deref(), Some(template), "{remote}");
        }
    }

    #[test]
    fn others_do_not() {
        for remote in [
            "/srv/git/shop.git",
            "../shop",
            "https://git.acme.org/shop",
            "file:///a/b",
            "",
            "C:\\shop",
        ] {
            assert_eq!(url_template(remote), None, "{remote}");
        }
    }

    #[test]
    fn a_repository_has_the_name_that_it_has_everywhere() {
        for remote in [
            "git@github.com:acme/shop.git",
            "/srv/git/shop.git/",
            "https://x.org/shop",
            "host:shop",
        ] {
            assert_eq!(name(remote), Some("shop"), "{remote}");
        }
        assert_eq!(name("/"), None);
    }
}
