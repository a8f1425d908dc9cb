/**
 * The outboxes of phones: what was written without a network is sent later as commands with numbers, and each is settled once and in order.
 * Begin with {@code Outboxes}; whose turn it is stands in the pure class {@code Turns}, and the mark in the transaction of what a command
 * writes is made by the store ({@code Command}).
 */
@NullMarked
package vn.sotay.platform.outbox;

import org.jspecify.annotations.NullMarked;
