package vn.sotay.dues;

import java.util.List;
import vn.sotay.api.rule.Rule;

/**
 * What is owed for a month.
 *
 * @param full without reduction, in đồng
 * @param reduction percent, 0 to 100
 * @param amount what is due
 * @param rules by which it was reckoned, in the order in which they were used
 */
record Due(long full, int reduction, long amount, List<Rule> rules) {}
