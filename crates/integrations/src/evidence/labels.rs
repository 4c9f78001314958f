//! What the labels of alerts usually mean, whoever sends them.

use std::collections::BTreeMap;

/// From what names a service itself to what at least names where it runs.
const SERVICE: [&str; 15] = [
    "service",
    "service_name",
    "app",
    "application",
    "app_kubernetes_io_name",
    "app.kubernetes.io/name",
    "component",
    "deployment",
    "statefulset",
    "daemonset",
    "container",
    "job",
    "job_name",
    "namespace",
    "host",
];
const ENVIRONMENT: [&str; 5] =
    ["environment", "env", "deployment_environment", "deployment_environment_name", "stage"];
const SEVERITY: [&str; 3] = ["severity", "priority", "level"];

/// The service that the labels are about.
pub fn service_in(labels: &BTreeMap<String, String>) -> Option<String> {
    first_of(&SERVICE, labels)
}

/// The environment that they are about.
pub fn environment_in(labels: &BTreeMap<String, String>) -> Option<String> {
    first_of(&ENVIRONMENT, labels)
}

/// How bad it is, in the tool's words.
pub fn severity_in(labels: &BTreeMap<String, String>) -> Option<String> {
    first_of(&SEVERITY, labels)
}

fn first_of(names: &[&str], labels: &BTreeMap<String, String>) -> Option<String> {
    let values = names.iter().filter_map(|name| labels.get(*name));
    values.map(|value| value.trim()).find(|value| !value.is_empty()).map(str::to_owned)
}
