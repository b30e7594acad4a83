/* Short round trips, compiled: 2-opt and Or-opt as in touring.py, the best move each time. Ties fall
 * as they do there (the first of equals), so that both make the same trips. */

#include "basket.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_SEGMENT 3
#define SMALLEST 4

static int two_opt(const whole *d, whole v, whole *order, whole n) {
    whole best = 0, first = 0, second = 0;
    for (whole i = 0; i < n; i++) {
        const whole *from = d + order[i] * v, *next = d + order[at(i + 1, n)] * v;
        whole leg = from[order[at(i + 1, n)]];
        for (whole j = i + 1; j < n; j++) {
            whole here = order[j], there = order[at(j + 1, n)];
            whole change = from[here] + next[there] - leg - d[here * v + there];
            if (change < best) best = change, first = i, second = j;
        }
    }
    if (best >= 0) return 0;
    for (whole i = first + 1, j = second; i < j; i++, j--) {
        whole kept = order[i];
        order[i] = order[j], order[j] = kept;
    }
    return 1;
}

static void move(whole *order, whole n, whole size, whole start, whole to, int turned, whole *room) {
    whole place = at(to - start, n) - size + 1, filled = 0;
    for (whole i = 0; i <= n - size; i++) {
        if (i == place)
            for (whole s = 0; s < size; s++)
                room[filled++] = order[at(start + (turned ? size - 1 - s : s), n)];
        if (i < n - size) room[filled++] = order[(start + size + i) % n];
    }
    memcpy(order, room, n * sizeof(whole));
}

static int or_opt(const whole *d, whole v, whole *order, whole n, whole *room) {
    whole best = 0, best_size = 0, best_start = 0, best_to = 0;
    int best_turned = 0;
    for (whole size = 1; size <= least(LONGEST_SEGMENT, n - 2); size++)
        for (int turned = 0; turned < (size > 1 ? 2 : 1); turned++)
            for (whole start = 0; start < n; start++) {
                whole before = order[at(start - 1, n)], head = order[start];
                whole tail = order[at(start + size - 1, n)], after = order[at(start + size, n)];
                whole saved = d[before * v + head] + d[tail * v + after] - d[before * v + after];
                const whole *left = d + (turned ? tail : head) * v;
                const whole *right = d + (turned ? head : tail) * v;
                for (whole i = size; i < n - 1; i++) {
                    whole to = at(start + i, n), here = order[to], there = order[at(to + 1, n)];
                    whole near = left[here] - d[here * v + there] - saved;
                    if (near > best) continue;
                    whole change = near + right[there];
                    if (change > best || change == 0) continue;
                    if (change == best) { /* the first by size, start, to, turned */
                        if (best_size != size || best_start < start) continue;
                        if (best_start == start && best_to <= to) continue;
                    }
                    best = change, best_size = size, best_start = start;
                    best_to = to, best_turned = turned;
                }
            }
    if (best >= 0) return 0;
    move(order, n, best_size, best_start, best_to, best_turned, room);
    return 1;
}

void improve(const whole *distance, whole sellers, whole *order, whole n) {
    if (n < SMALLEST) return;
    whole *room = malloc(n * sizeof(whole)), home = 0;
    if (!room) return;
    while (two_opt(distance, sellers, order, n) || or_opt(distance, sellers, order, n, room)) {}
    while (order[home]) home++;
    for (whole i = 0; i < n; i++) room[i] = order[(home + i) % n];
    memcpy(order, room, n * sizeof(whole));
    free(room);
}
