/**
 * Measures the memory and CPU of processes: Heroku's memory quotas ({@code start --memory}) and
 * metrics in the log ({@code --log-metrics}).
 */
@NullMarked
package jlocal.metrics;

import org.jspecify.annotations.NullMarked;
