//! The words by which people, their roles and their machines are told apart.

use std::collections::HashSet;
use std::sync::LazyLock;

type Words = LazyLock<HashSet<&'static str>>;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(super) static $name: Words =
            LazyLock::new(|| $text.split_whitespace().collect());)*
    };
}

words! {
    /// Pronouns that mean people.
    PERSON_PRONOUNS = "i we you he she they who whoever someone somebody anyone anybody everyone \
        everybody nobody noone one's us them";
    /// Pronouns that mean things.
    THING_PRONOUNS = "it this that these those which what there nothing something everything";
    /// Possessives that mean people.
    POSSESSIVES = "my our your his her their whose";
    /// People by what they do, and groups of them.
    ROLES = "engineer engineers developer developers responder responders operator operators admin \
        admins administrator administrators sre sres dba dbas manager managers lead leads oncall \
        support operations ops devops engineering management leadership team teams people person \
        persons staff colleague colleagues author authors reviewer reviewers approver approvers \
        commander commanders facilitator facilitators agent agents intern interns contractor \
        contractors vendor vendors supplier group squad squads crew shift shifts analyst analysts \
        technician technicians owner owners maintainer maintainers scribe director directors cto \
        ceo cio vp employee employees member members newcomer newcomers hire hires human humans \
        programmer programmers architect architects tester testers designer designers boss \
        executive executives sales marketing security networking helpdesk room organisation \
        organization company department departments tribe consultant consultants provider \
        administration specialist specialists expert experts man woman guy guys folks programmer \
        scientist scientists researcher researchers supervisor supervisors assistant partner \
        partners founder founders coworker coworkers teammate teammates sysadmin sysadmins dev devs \
        pm pms oncalls mentor mentors trainee trainees apprentice apprentices successor predecessor \
        newbie rookie freelancer freelancers student students \
        caller dispatcher coordinator representative representatives";
    /// What is between a subject and its verb.
    BETWEEN = "also then again still just never always ever even not only first later twice once \
        soon already had has have having was were is are be been being did does do would could \
        should might may must will can got both all simply almost nearly too probably maybe \
        perhaps however therefore";
    /// Where a clause begins.
    CONJUNCTIONS = "and but or nor so because when whenever while where if unless although though \
        until till after before since as than once whether how why what then yet whereas";
    /// Which clause is about what stands before it.
    RELATIVES = "who which that whom";
    /// What leads to a noun that is not the subject.
    PREPOSITIONS = "of on in from by for at with to into about near over under during within \
        between among across behind without via per through around against off onto upon towards \
        despite inside outside beside besides";
    /// What stands before a noun.
    DETERMINERS = "the a an this that these those my our your his her its their some any no each \
        every both all another other one two three four five six seven eight nine ten several many \
        few most";
    /// Machines, programs, and what they are made of.
    THINGS = "access account address agents' alarm alarms alert alerts alertmanager alerting api \
        apis app apps application applications archive attempt authentication autoscaler backend \
        backends backup backups balancer balancers bandwidth batch bot bots branch breaker broker \
        brokers browser bucket buffer bug bugs build builds bus cache caches call calls canary \
        capacity cdn certificate certificates change changes channel chart check checks checkout \
        client clients clock cluster clusters code collector command commit commits component \
        compiler config configuration connection connections connector console consumer consumers \
        container containers controller cookie counter cpu crawler credential credentials cron \
        crash daemon dashboard dashboards data database databases datacenter ddos dependency deploy \
        deploys deployment deployments device directory disk disks dns docker domain driver engine \
        endpoint endpoints environment error errors exporter failover failovers failure file files \
        filter firewall flag flags folder function gateway gateways graph graphs handler handshake \
        hash header health heartbeat heartbeats hook host hosts image images import incident index \
        indexes ingress instance instances integration interface invoice issue job jobs kernel key \
        keys lag latency leak library limit limits line link linter linux listener lock locks log \
        logger login logs loop machine machines mail mailbox mechanism memory message messages \
        metric metrics middleware migration migrations mirror model module monitor monitoring \
        monitors mount network networks node nodes notification outage package packet page pager \
        pages parser partition patch payload payment payments peer pipeline pipelines planner \
        platform plugin pod pods pool pools port primary probe probes process processes processor \
        producer program proxies proxy query queries queue queues quorum quota rack rate reader \
        rebalance record region regions registry release releases render replica replicas \
        replication report reports request requests resolver response restart restarts restore \
        retries retry rollback rollout rollouts route router routers routes rule rules run runbook \
        runner runtime scan scheduler schema scrape scraper script scripts search secondary segment \
        sensor server servers service services session shard shards sidecar signal snapshot socket \
        software spike sql stack standby statement status storage store storm stream subnet switch \
        switches switchover sync syncs system systems table tables task tasks telemetry template \
        terminal test tests thread threads ticket tickets timeout timer token tokens tool tools \
        topic traffic transaction transactions trigger tunnel update updates upgrade upgrades \
        upload uptime url vacuum validation value values vault version view volume volumes vpn \
        watchdog webhook webhooks website worker workers workflow write writes zone";
    /// Products and other names that are capitalised and are nobody.
    TECHNICAL_NAMES = "kubernetes redis postgres postgresql kafka datadog slack github gitlab \
        jenkins grafana prometheus terraform ansible docker nginx envoy istio elasticsearch \
        opensearch kibana logstash mongo mongodb mysql mariadb cassandra rabbitmq zookeeper etcd \
        consul vault nomad sentry pagerduty graylog jira zendesk cloudflare akamai fastly amazon \
        azure google aws gcp linux ubuntu debian windows java python ruby rust node chrome firefox \
        safari android django rails spring celery airflow spark flink hadoop snowflake bigquery \
        sidekiq resque puma unicorn gunicorn nagios icinga zabbix splunk loki tempo jaeger traefik \
        tomcat apache squid postfix minio ceph cilium calico flannel keycloak okta auth0 argocd \
        spinnaker rundeck puppet chef salt packer podman openshift rancher sonarqube nexus \
        artifactory harbor clickhouse influxdb couchbase solr neo4j supabase heroku vercel netlify \
        zoom outlook jboss celerybeat logrotate systemd crontab bash powershell \
        stripe paypal twilio statuspage haproxy varnish memcached dynamo dynamodb aurora lambda \
        helm argo flux circleci travis bazel gradle maven monday tuesday wednesday thursday friday \
        saturday sunday january february march april may june july august september october \
        november december english german french europe asia america berlin london paris dublin \
        frankfurt tokyo sydney virginia oregon utc";
    /// Names that look like other words where a sentence begins.
    GIVEN_NAMES = "james thomas chris alexis carlos lucas jonas andreas nicolas hans jens lars \
        niels tobias mathias matthias johannes marcus markus klaus agnes frances dolores mercedes \
        iris doris inês ines alexander peter oliver walter jennifer heather esther tyler spencer \
        hunter parker carter taylor connor trevor hector victor igor eleanor brandon jason simon \
        martin kevin robin edwin benjamin caroline ada ana anna ben grace priya chidi mei emre \
        fatima hiro dana";
    /// First words of sentences that are nobody's name.
    OPENERS = "the a an this that these those it there here after before when while since because \
        if as at on in by for from with during once then later next first second third last two \
        three another each every both all some any no not nothing only also still even just now \
        today yesterday tomorrow tonight meanwhile however therefore afterwards instead what how \
        why where who which whose had has have was were is are did does do could would should may \
        might must can will failed failing customers customer users user clients everything \
        something traffic staging production half most many few several more less checkout";
    /// Past participles that do not end in "ed".
    IRREGULAR = "been done seen known had made taken gone caught told read put set run come become \
        got gotten given written spoken broken chosen thought found left lost kept held led met \
        sent spent built brought bought sought taught cut hit let shut split understood begun \
        started fallen grown drawn shown stood stopped woken spread cost gone won paid said heard \
        felt meant dealt slept worn thrown hidden forgotten driven risen";
    /// Verbs of people who are told what a machine shows.
    SENSING = "see saw seen sees show showed shown shows find found read reads receive received \
        get got notice noticed return returned report reported contain contained hold held \
        display displayed hear heard";
}

/// Whether this is a past participle, as far as its form tells.
pub(super) fn is_participle(word: &str) -> bool {
    (word.len() > 4 && word.ends_with("ed")) || IRREGULAR.contains(word)
}

/// Endings that names seldom have, for words with which a sentence begins.
const NOUN_ENDINGS: [&str; 12] =
    ["s", "ing", "tion", "sion", "ment", "ness", "ity", "ance", "ence", "ure", "age", "ware"];

/// Whether a capitalised word with which a sentence begins looks like somebody's name.
pub(super) fn may_open_as_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word)
        || !(OPENERS.contains(word)
            || THINGS.contains(word)
            || ROLES.contains(word)
            || word.ends_with("ly")
            || NOUN_ENDINGS.iter().any(|ending| word.ends_with(ending)))
}
