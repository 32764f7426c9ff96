/// Texts that language models and agents obey: skills, rules files, tool descriptions, data.
@NullMarked
package dev.bartizan.artifacts.instructions;

import org.jspecify.annotations.NullMarked;
