/* The steps of local_search.py, one for one, compiled. Ties fall as they do there (the first of
 * equals), so that both walk the same way. `missing` is (levels x needs). */

#include "basket.h"

#include <stdlib.h>
#include <string.h>

#define NEAREST 3

typedef struct {
    const Basket *b;
    whole *order, n;
    truth *inside;
    whole *missing;
    whole *savings, *extra, *place, *near, *near_at; /* by seller; near: NEAREST of each */
    whole *drop, *detour, *rank;                     /* by place */
    whole *table;                                    /* see goods.c */
    whole *short_now, *short_then, *used;            /* what a leaving seller changes */
} Search;

/* ---- one seller more or less ---- */

static void find_insertions(Search *s) {
    const whole *d = s->b->distance, v = s->b->sellers;
    for (whole i = 0; i < v; i++) s->extra[i] = INT64_MAX;
    for (whole p = 0; p < s->n; p++) {
        whole here = s->order[p], there = s->order[at(p + 1, s->n)], leg = d[here * v + there];
        const whole *from = d + here * v, *to = d + there * v;
        for (whole i = 0; i < v; i++) {
            whole extra = from[i] + to[i] - leg;
            if (extra < s->extra[i]) s->extra[i] = extra, s->place[i] = p;
        }
    }
}

static void insert(Search *s, whole seller, whole place) {
    memmove(s->order + place + 2, s->order + place + 1, (s->n - place - 1) * sizeof(whole));
    s->order[place + 1] = seller;
    s->n++;
    s->inside[seller] = 1;
    shift(s->b, s->missing, seller, 1);
}

static void leave(Search *s, whole place) {
    whole seller = s->order[place];
    memmove(s->order + place, s->order + place + 1, (s->n - place - 1) * sizeof(whole));
    s->n--;
    s->inside[seller] = 0;
    shift(s->b, s->missing, seller, -1);
}

static void find_drops(Search *s) {
    const whole *d = s->b->distance, v = s->b->sellers, n = s->n;
    if (s->b->tabled) fill_table(s->b, s->missing, s->table, 1);
    for (whole p = 0; p < n; p++) {
        whole here = s->order[p], before = s->order[at(p - 1, n)], after = s->order[at(p + 1, n)];
        s->detour[p] = d[before * v + here] + d[here * v + after] - d[before * v + after];
        s->drop[p] = p ? worth(s->b, s->missing, s->table, here, 1) - s->detour[p] - s->b->stop[here] : NEVER;
    }
}

static void find_savings(Search *s) {
    if (s->b->tabled) fill_table(s->b, s->missing, s->table, 0);
    for (whole i = 0; i < s->b->sellers; i++)
        s->savings[i] = s->inside[i] || !s->b->sells[i]
                            ? -NEVER
                            : worth(s->b, s->missing, s->table, i, 0);
}

static int add_or_drop(Search *s) {
    const Basket *b = s->b;
    whole spare = b->room - (s->n - 1), joining = 0, leaving = 0, best = NEVER;
    find_savings(s);
    find_drops(s);
    find_insertions(s);
    for (whole i = 0; i < b->sellers; i++) {
        if (s->savings[i] == -NEVER || spare <= 0) continue;
        whole change = s->extra[i] + b->stop[i] - s->savings[i];
        if (change < best) best = change, joining = i;
    }
    for (whole p = 0; p < s->n; p++)
        if (s->drop[p] < s->drop[leaving]) leaving = p;
    if (spare >= 0 && least(best, s->drop[leaving]) >= 0) return 0;
    if (best <= s->drop[leaving] && spare > 0)
        insert(s, joining, s->place[joining]);
    else
        leave(s, leaving);
    improve(b->distance, b->sellers, s->order, s->n);
    return 1;
}

/* ---- one seller for another ---- */

static void find_nearest_places(Search *s) {
    const whole *d = s->b->distance, v = s->b->sellers;
    for (whole i = 0; i < v * NEAREST; i++) s->near[i] = NEVER, s->near_at[i] = -1;
    for (whole p = 0; p < s->n; p++) {
        whole here = s->order[p], there = s->order[at(p + 1, s->n)], leg = d[here * v + there];
        const whole *from = d + here * v, *to = d + there * v;
        for (whole i = 0; i < v; i++) {
            whole extra = from[i] + to[i] - leg, *near = s->near + i * NEAREST;
            whole *near_at = s->near_at + i * NEAREST, spot = NEAREST - 1;
            if (extra >= near[spot]) continue;
            for (; spot > 0 && near[spot - 1] > extra; spot--)
                near[spot] = near[spot - 1], near_at[spot] = near_at[spot - 1];
            near[spot] = extra, near_at[spot] = p;
        }
    }
}

static whole way_without(const Search *s, whole seller, whole place, whole leg) {
    const whole *d = s->b->distance + seller * s->b->sellers, n = s->n;
    whole before = at(place - 1, n);
    whole way = d[s->order[before]] + d[s->order[at(place + 1, n)]] - leg;
    for (whole spot = 0; spot < NEAREST; spot++) {
        whole there = s->near_at[seller * NEAREST + spot];
        if (there < 0) break;
        if (there != place && there != before)
            return least(way, s->near[seller * NEAREST + spot]);
    }
    return way;
}

/* What is missing now and without a seller, for the needs where that differs; how many. */
static whole what_leaves(Search *s, whole seller) {
    const Basket *b = s->b;
    whole count = 0;
    for (whole o = b->begins[seller]; o < b->begins[seller + 1]; o++) {
        int differs = 0;
        for (whole t = 0; t < b->levels; t++) {
            whole missing = s->missing[t * b->needs + b->need[o]];
            whole then = missing + (t >= b->level[o] ? b->quantity[o] : 0);
            s->short_now[count * b->levels + t] = most(missing, 0);
            s->short_then[count * b->levels + t] = most(then, 0);
            differs |= most(then, 0) != most(missing, 0);
        }
        s->used[count] = b->need[o];
        count += differs;
    }
    return count;
}

static whole rise(const Search *s, whole seller, whole count) {
    const Basket *b = s->b;
    whole sum = 0;
    for (whole u = 0; u < count; u++) {
        whole k = s->used[u], quantity = b->quantity_at[seller * b->needs + k];
        const whole *now = s->short_now + u * b->levels, *then = s->short_then + u * b->levels;
        for (whole t = b->level_at[seller * b->needs + k]; t < b->levels && then[t] > 0; t++)
            sum += b->step[t * b->needs + k] * (least(then[t], quantity) - least(now[t], quantity));
    }
    return sum;
}

static void rank_drops(Search *s) {
    for (whole p = 0; p < s->n; p++) {
        whole spot = p;
        for (; spot > 0 && s->drop[s->rank[spot - 1]] > s->drop[p]; spot--)
            s->rank[spot] = s->rank[spot - 1];
        s->rank[spot] = p;
    }
}

static int try_place(Search *s, whole place) {
    const Basket *b = s->b;
    whole seller = s->order[place], best = 0, joining = -1, count = -1;
    whole spared = s->detour[place] + b->stop[seller];
    whole before = s->order[at(place - 1, s->n)], after = s->order[at(place + 1, s->n)];
    whole leg = b->distance[before * b->sellers + after];
    for (whole i = 0; i < b->sellers; i++) {
        if (s->savings[i] == -NEVER) continue;
        whole adding = b->stop[i] - s->savings[i] + way_without(s, i, place, leg);
        if (adding >= spared) continue;
        if (count < 0) count = what_leaves(s, seller);
        whole change = s->drop[place] + adding - rise(s, i, count);
        if (change < best) best = change, joining = i;
    }
    if (joining < 0) return 0;
    leave(s, place);
    find_insertions(s);
    insert(s, joining, s->place[joining]);
    improve(b->distance, b->sellers, s->order, s->n);
    return 1;
}

static int swap(Search *s) {
    find_savings(s);
    find_drops(s);
    find_nearest_places(s);
    rank_drops(s);
    for (whole p = 0; p < s->n - 1; p++)
        if (try_place(s, s->rank[p])) return 1;
    return 0;
}

/* Steps down, at most so many; returns 1 when no single change helps any more, -1 without memory.
 * `order` has room for every seller. */
int descend(
    const Basket *b, whole *order, whole *n, truth *inside, whole *missing, int swaps, whole steps
) {
    whole v = b->sellers, cells = b->needs * b->levels;
    whole table = b->tabled ? b->needs * b->ranks * (b->levels + 1) : 0;
    whole size = v * (3 + 2 * NEAREST) + 3 * (v + 1) + table + 2 * cells + b->needs;
    whole *room = malloc(size * sizeof(whole));
    if (!room) return -1;
    Search s = {.b = b, .order = order, .n = *n, .inside = inside, .missing = missing};
    s.savings = room, s.extra = s.savings + v, s.place = s.extra + v, s.near = s.place + v;
    s.near_at = s.near + v * NEAREST, s.drop = s.near_at + v * NEAREST, s.detour = s.drop + v + 1;
    s.rank = s.detour + v + 1, s.table = s.rank + v + 1, s.short_now = s.table + table;
    s.short_then = s.short_now + cells, s.used = s.short_then + cells;
    int finished = 0;
    for (whole step = 0; step < steps && !finished; step++)
        finished = !(add_or_drop(&s) || (swaps && swap(&s)));
    *n = s.n;
    free(room);
    return finished;
}
