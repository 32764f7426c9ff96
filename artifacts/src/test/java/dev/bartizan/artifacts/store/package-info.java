@org.jspecify.annotations.NullMarked
package dev.bartizan.artifacts.store;
