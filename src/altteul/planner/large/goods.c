/* What goods cost at a set of sellers, and what one seller changes, compiled: as in price_levels.py.
 * `missing` is (levels x needs), a table (needs x ranks x (levels + 1)). */

#include "basket.h"

void shift(const Basket *b, whole *missing, whole seller, whole sign) {
    for (whole o = b->begins[seller]; o < b->begins[seller + 1]; o++)
        for (whole t = b->level[o]; t < b->levels; t++)
            missing[t * b->needs + b->need[o]] -= sign * b->quantity[o];
}

/* Units that an offer saves (joining) or costs (leaving) at a level. */
static whole units(whole missing, whole quantity, int leaving) {
    if (leaving) return most(missing + quantity, 0) - most(missing, 0);
    return least(most(missing, 0), quantity);
}

/* Won from each level up, for each need and distinct quantity. */
void fill_table(const Basket *b, const whole *missing, whole *table, int leaving) {
    for (whole k = 0; k < b->needs; k++)
        for (whole r = 0; r < b->ranks; r++) {
            whole *row = table + (k * b->ranks + r) * (b->levels + 1), sum = 0;
            whole quantity = b->ranked[k * b->ranks + r];
            row[b->levels] = 0;
            for (whole t = b->levels - 1; t >= 0; t--) {
                whole place = t * b->needs + k;
                sum += b->step[place] * units(missing[place], quantity, leaving);
                row[t] = sum;
            }
        }
}

/* Won that the offers of a seller save if it joins, or cost if it leaves. */
whole worth(
    const Basket *b, const whole *missing, const whole *table, whole seller, int leaving
) {
    whole sum = 0;
    for (whole o = b->begins[seller]; o < b->begins[seller + 1]; o++) {
        whole k = b->need[o];
        if (b->tabled) {
            sum += table[(k * b->ranks + b->rank[o]) * (b->levels + 1) + b->level[o]];
            continue;
        }
        for (whole t = b->level[o]; t < b->levels; t++) {
            whole place = t * b->needs + k, short_by = missing[place];
            if (short_by + (leaving ? b->quantity[o] : 0) <= 0) break;
            sum += b->step[place] * units(short_by, b->quantity[o], leaving);
        }
    }
    return sum;
}
