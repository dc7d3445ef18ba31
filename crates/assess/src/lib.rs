//! One observation against one version of a standard.
