/// Secrets in text: rules in gitleaks form, entropy, and what only looks like one.
@NullMarked
package dev.bartizan.guard.secrets;

import org.jspecify.annotations.NullMarked;
