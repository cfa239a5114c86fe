// Generated from the server's schema by `npm run api:generate`. Do not edit.

export interface paths {
    "/api/v1/annotations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The documents of a job: one's own, or all for those who may read results. */
        get: operations["annotations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/annotations/{image_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What one person has drawn on one picture. */
        get: operations["annotations_one_get"];
        /** @description What one person has drawn on one picture. */
        put: operations["annotations_one_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["assignments_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One batch in hand, with its tiles and the draft of the marks. */
        get: operations["assignments_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/draft/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description Keep the marks of a batch. Counts `revision` up; an older one is refused with the stored one. */
        put: operations["assignments_one_draft_put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/release/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give a batch back; an admin takes back anybody's. The marks stay as a draft. */
        post: operations["assignments_one_release_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/reopen/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Open one's own submitted batch again, while the job runs. */
        post: operations["assignments_one_reopen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/skip/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Give a picture up for good: it goes to somebody else, and what was drawn on it is kept. */
        post: operations["assignments_one_skip_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/{assignment_id}/submit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description End the work on a batch: its marks become verdicts, all or nothing; its outlines are finished.
         *     Once per Idempotency-Key.
         */
        post: operations["assignments_one_submit_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/assignments/heartbeat/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Renew the leases of all open batches in the jobs of these. */
        post: operations["assignments_heartbeat_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["audit_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Set a password with a one-time link. */
        post: operations["auth_reset_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description The browser's session: sign in and out. */
        post: operations["auth_session_post"];
        /** @description The browser's session: sign in and out. */
        delete: operations["auth_session_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description A token for a script, in exchange for user name and password. */
        post: operations["auth_token_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/classes/{class_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description Rename a class; its id stays, started jobs keep the name they froze. */
        patch: operations["classes_one_patch"];
        trace?: never;
    };
    "/api/v1/classes/{class_id}/merge/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Move all labels of a class to another one of the same dataset. */
        post: operations["classes_one_merge_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/corrections/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The labels of a job that corrects them, each with the answer that counts. */
        get: operations["corrections_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The datasets that are not in the bin. */
        get: operations["datasets_get"];
        put?: never;
        /** @description The datasets that are not in the bin. */
        post: operations["datasets_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One dataset. Deleting asks for its name and puts it into the bin for 30 days. */
        get: operations["datasets_one_get"];
        put?: never;
        post?: never;
        /** @description One dataset. Deleting asks for its name and puts it into the bin for 30 days. */
        delete: operations["datasets_one_delete"];
        options?: never;
        head?: never;
        /** @description One dataset. Deleting asks for its name and puts it into the bin for 30 days. */
        patch: operations["datasets_one_patch"];
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/classes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A dataset's classes with their counts; one more, before any label has it. */
        get: operations["datasets_one_classes_get"];
        put?: never;
        /** @description A dataset's classes with their counts; one more, before any label has it. */
        post: operations["datasets_one_classes_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/near-duplicates/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How the search for near-duplicates stands and what it found; POST has the dataset searched anew. */
        get: operations["datasets_one_near_duplicates_get"];
        put?: never;
        /** @description How the search for near-duplicates stands and what it found; POST has the dataset searched anew. */
        post: operations["datasets_one_near_duplicates_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/near-duplicates/groups/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Pictures that are nearly the same, in groups of two and more. */
        get: operations["datasets_one_near_duplicates_groups_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/near-duplicates/groups/{group_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description All pictures of one group. */
        get: operations["datasets_one_near_duplicates_groups_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/{dataset_id}/restore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["datasets_one_restore_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets/bin/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Deleted datasets, until they are removed for good. */
        get: operations["datasets_bin_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Files that a worker writes, with a manifest. */
        get: operations["exports_get"];
        put?: never;
        /** @description Files that a worker writes, with a manifest. */
        post: operations["exports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exports_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stop an export that has not ended. */
        post: operations["exports_one_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/file/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The finished file. */
        get: operations["exports_one_file_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/manifest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The manifest of a finished file, as a file. */
        get: operations["exports_one_manifest_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/labels/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Labels with their counts and outcomes, as a stream that starts at once. */
        get: operations["exports_labels_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How many rows an export would have, and a few of them. */
        get: operations["exports_preview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{image_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What is known of a picture. Deleting erases file and thumbnails at once; the rows stay. */
        get: operations["images_one_get"];
        put?: never;
        post?: never;
        /** @description What is known of a picture. Deleting erases file and thumbnails at once; the rows stay. */
        delete: operations["images_one_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{image_id}/alike/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The pictures of its dataset that are most like one: to a network that saw it, else by looks. */
        get: operations["images_one_alike_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/images/{image_id}/warm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Have a worker decode a picture that is about to be outlined, and ask whether it has. */
        get: operations["images_one_warm_get"];
        put?: never;
        /** @description Have a worker decode a picture that is about to be outlined, and ask whether it has. */
        post: operations["images_one_warm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Imports, and the way to start one: a label file, pictures, or both. */
        get: operations["imports_get"];
        put?: never;
        /** @description Imports, and the way to start one: a label file, pictures, or both. */
        post: operations["imports_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One import. Its answers, mapping and `dry_run` may change as long as nothing is written. */
        get: operations["imports_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** @description One import. Its answers, mapping and `dry_run` may change as long as nothing is written. */
        patch: operations["imports_one_patch"];
        trace?: never;
    };
    "/api/v1/imports/{import_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description End an import; nothing of it is written. */
        post: operations["imports_one_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{import_id}/rejected/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What was not taken: line or zip entry, reason. */
        get: operations["imports_one_rejected_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Items of a job with their counts and outcome; the pictures behind every number. */
        get: operations["items_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/confidence/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The confidence of an item in one's own batch; that one looked is recorded. */
        get: operations["items_one_confidence_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items/{item_id}/outline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The outline of an item's object with every pixel's corner; a tile has a simpler one. */
        get: operations["items_one_outline_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["jobs_get"];
        put?: never;
        post: operations["jobs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["jobs_one_get"];
        put?: never;
        post?: never;
        delete: operations["jobs_one_delete"];
        options?: never;
        head?: never;
        patch: operations["jobs_one_patch"];
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/claim/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description The next batch for this person: one they have open and do not hold on screen, else a new one. */
        post: operations["jobs_one_claim_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/close/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["jobs_one_close_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/correcting/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How far a job is in which classes are corrected, and which class became which. */
        get: operations["jobs_one_correcting_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/labels/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Make labels of what people drew on the pictures that they have sent. Again, it adds what is new. */
        get: operations["jobs_one_labels_get"];
        put?: never;
        /** @description Make labels of what people drew on the pictures that they have sent. Again, it adds what is new. */
        post: operations["jobs_one_labels_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/outlining/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How far an outlining job is: pictures, objects by class and annotator, who holds what, time. */
        get: operations["jobs_one_outlining_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/pause/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["jobs_one_pause_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/progress/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description How far a job is: by class and reviewer, who holds what, time, agreement, notes. */
        get: operations["jobs_one_progress_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/reopen/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["jobs_one_reopen_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/start/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Start a draft, or go on with a paused job. 202 while a worker freezes a large one. */
        post: operations["jobs_one_start_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/table/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Counts of each class by confidence buckets, with totals and the average over classes. */
        get: operations["jobs_one_table_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{job_id}/thresholds/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The lowest confidence at which each class is good enough, by the walk down its buckets. */
        get: operations["jobs_one_thresholds_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description What a job would make, without making it. */
        post: operations["jobs_preview_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/labels/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The labels of a dataset, filtered. */
        get: operations["labels_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-requests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Ask for a mask: 200 when it is drawn (or fails) within two seconds, else 202 and where to look.
         *
         *     A request that failed or was cancelled is queued anew when it is asked for again.
         */
        post: operations["mask_requests_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-requests/{request_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A request and, once it is done, its mask. */
        get: operations["mask_requests_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Runs that draw a mask for what a dataset's labels point at by a box or four points. */
        get: operations["mask_runs_get"];
        put?: never;
        /** @description Runs that draw a mask for what a dataset's labels point at by a box or four points. */
        post: operations["mask_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-runs/{run_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["mask_runs_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-runs/{run_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stop a run; the masks that it has drawn stay. */
        post: operations["mask_runs_one_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-runs/{run_id}/refused/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The labels of a run that no mask could be drawn for, and why. */
        get: operations["mask_runs_one_refused_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mask-runs/forecast/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description What a run could draw: by source and class, how many labels point at an object, and how many of
         *     them have no mask by this segmenter yet.
         */
        get: operations["mask_runs_forecast_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["me_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["me_patch"];
        trace?: never;
    };
    "/api/v1/me/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Change one's own password; other sessions end, this one goes on. */
        post: operations["me_password_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sign-out-everywhere/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description End all of one's sessions, this one included; tokens stay. */
        post: operations["me_sign_out_everywhere_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/work/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One's own open batch, jobs, sent batches and figures of this week. */
        get: operations["me_work_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/model-versions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Models that label pictures, and the way to bring one's own: an ONNX file, which is tried out. */
        get: operations["model_versions_get"];
        put?: never;
        /** @description Models that label pictures, and the way to bring one's own: an ONNX file, which is tried out. */
        post: operations["model_versions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/model-versions/{version_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["model_versions_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/overview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What was judged so far, over all jobs. */
        get: operations["overview_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prediction-runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Models over datasets: each picture gets the likeliest class as a label, with its confidence. */
        get: operations["prediction_runs_get"];
        put?: never;
        /** @description Models over datasets: each picture gets the likeliest class as a label, with its confidence. */
        post: operations["prediction_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prediction-runs/{run_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["prediction_runs_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prediction-runs/{run_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stop a run; the labels that it has made stay. */
        post: operations["prediction_runs_one_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/prediction-runs/{run_id}/unreadable/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The pictures that a run could not show to its model, and why. */
        get: operations["prediction_runs_one_unreadable_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/segmenters/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description What can draw masks here, and what could if its files were there. */
        get: operations["segmenters_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["teams_get"];
        put?: never;
        post: operations["teams_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["teams_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["teams_one_patch"];
        trace?: never;
    };
    "/api/v1/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["tokens_get"];
        put?: never;
        post: operations["tokens_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["tokens_one_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training-runs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description What people confirmed and corrected becomes the next version of a model: a head on the features
         *     that a network sees.
         */
        get: operations["training_runs_get"];
        put?: never;
        /**
         * @description What people confirmed and corrected becomes the next version of a model: a head on the features
         *     that a network sees.
         */
        post: operations["training_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training-runs/{run_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["training_runs_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training-runs/{run_id}/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Stop a training; no version comes of it. */
        post: operations["training_runs_one_cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/training-runs/{run_id}/examples/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description The pictures of a training: those of a cell of its confusion matrix, the mistakes, those that
         *     could not be read.
         */
        get: operations["training_runs_one_examples_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["users_get"];
        put?: never;
        post: operations["users_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["users_one_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["users_one_patch"];
        trace?: never;
    };
    "/api/v1/users/{user_id}/reset-link/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["users_one_reset_link_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AgreementOut: {
            gwet_ac1: components["schemas"]["CoefficientOut"];
            /** @description Items with two verdicts or more. */
            items: number;
            krippendorff_alpha: components["schemas"]["CoefficientOut"];
            raw: components["schemas"]["CoefficientOut"];
            raw_on_wrong: components["schemas"]["CoefficientOut"];
        };
        AnnotatorOut: {
            /** @description Also on pictures that are not sent yet. */
            objects: number;
            person: components["schemas"]["NamedOut"];
            /** @description Sent. */
            pictures: number;
            /**
             * Format: double
             * @description Of their latest pictures.
             */
            seconds_per_picture: number | null;
        };
        AskedOut: {
            /** Format: uuid */
            export: string | null;
            jobs: string[];
            sources: string[];
        };
        AssignmentOut: {
            /** Format: int64 */
            active_ms: number;
            /** Format: uuid */
            batch: string;
            batch_number: number;
            /** Format: date-time */
            dealt_at: string;
            /** Format: uuid */
            readonly id: string;
            items: number;
            /** Format: uuid */
            job: string;
            label_class: components["schemas"]["NamedOut"];
            /** Format: date-time */
            lease_expires_at: string;
            person: components["schemas"]["PersonOut"];
            readonly reopened: boolean;
            /** @default dealt */
            state: components["schemas"]["AssignmentStateEnum"];
            /** Format: date-time */
            submitted_at: string | null;
        };
        AssignmentPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["AssignmentOut"][];
        };
        AssignmentsOut: {
            assignments: components["schemas"]["AssignmentOut"][];
        };
        /** @enum {string} */
        AssignmentStateEnum: "dealt" | "submitted" | "expired" | "released" | "skipped";
        AuditEntryOut: {
            action: string;
            actor_name: string;
            /** Format: date-time */
            readonly at: string;
            details: unknown;
            readonly id: number;
            subject: string;
        };
        AuditEntryPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["AuditEntryOut"][];
        };
        AverageBucketOut: {
            /** Format: double */
            high: number;
            /** Format: double */
            low: number;
            /** Format: double */
            percent_correct: number | null;
        };
        AverageOut: {
            buckets: components["schemas"]["AverageBucketOut"][];
            /** Format: double */
            percent_correct: number | null;
        };
        /** @description The batches of a class in order. */
        BarsOut: {
            /** @description Which somebody holds now, counted from 0. */
            held: number[];
            /** @description How many reviewers have sent each batch. */
            opinions: number[];
        };
        /** @description The version that a trained one stands on: whose features a head reads, or as which a network began. */
        BaseOut: {
            /** Format: uuid */
            id: string;
            name: string;
            version: string;
        };
        /** @description Active time of the latest batches, as far as it was measured. */
        BatchTimeOut: {
            /** @description The last one takes all that is longer. */
            bars: number[];
            batches: number;
            /** Format: double */
            longest_seconds: number | null;
            /**
             * Format: double
             * @description First quartile.
             */
            lower_seconds: number | null;
            /** Format: double */
            median_seconds: number | null;
            /** @description Width of a bar. */
            step_seconds: number;
            too_fast: number;
            /**
             * Format: double
             * @description A whole batch in less was not looked at.
             */
            too_fast_seconds: number;
            /**
             * Format: double
             * @description Third quartile.
             */
            upper_seconds: number | null;
        };
        BinnedOut: {
            /** Format: date-time */
            deleted_at: string;
            /** @default  */
            deleted_by: string;
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * Format: date-time
             * @description When it is removed for good.
             */
            purged_at: string;
        };
        BinnedPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["BinnedOut"][];
        };
        /** @enum {unknown} */
        BlankEnum: "";
        BucketOut: {
            confirmed: number;
            decided: number;
            disconfirmed: number;
            /** Format: double */
            high: number;
            incorrect: number;
            interval: number[] | null;
            /** Format: double */
            low: number;
            pending: number;
            /** Format: double */
            percent_correct: number | null;
            split: number;
            total: number;
            unsure: number;
        };
        /** @enum {string} */
        ByEnum: "features" | "look";
        CheckedOut: {
            /** Format: uuid */
            dataset: string;
            /** Format: uuid */
            label_class: string;
            /** @description Judged in the job that judged most of them. */
            labels: number;
        };
        ClaimInRequest: {
            holding?: string[];
        };
        ClaimJobOut: {
            allow_new_class: boolean;
            allow_unsure: boolean;
            /** @description To choose from when outlining or correcting. */
            classes: components["schemas"]["NamedOut"][];
            examples: components["schemas"]["ExampleOut"][];
            instructions: string;
            instructions_html: string;
            kind: string;
            name: string;
            start_as: string;
        };
        ClaimOut: {
            assignment: components["schemas"]["DealtOut"] | null;
            /**
             * Format: date-time
             * @description When they did.
             */
            at: string | null;
            /** Format: date-time */
            available_at: string | null;
            /** @description Who paused or closed the job. */
            by: string | null;
            /** @description With `all_dealt`: who holds what may come back. */
            held_by: components["schemas"]["HolderOut"][];
            job: components["schemas"]["ClaimJobOut"];
            progress: components["schemas"]["ClaimProgressOut"];
            reason: string | null;
        };
        ClaimProgressOut: {
            batch_number: number;
            batches: number;
            items: number;
            judged: number;
        };
        ClassCorrectingOut: {
            answered: number;
            /** @description Null for a class of very many batches. */
            bars: components["schemas"]["BarsOut"] | null;
            batches: number;
            finished: number;
            held: number;
            items: number;
            label_class: components["schemas"]["NamedOut"];
            /** @description Submitted batches. */
            opinions: number;
        };
        ClassForecastOut: {
            batches: number;
            items: number;
            label_class: components["schemas"]["NamedOut"];
        };
        ClassNameInRequest: {
            name: string;
        };
        ClassOut: {
            by_source: {
                [key: string]: number;
            };
            /** @description Labels by confidence, 20 bars of 0.05. */
            histogram: number[];
            /** Format: uuid */
            id: string;
            labels: number;
            name: string;
            /** @description Labels without a confidence. */
            without: number;
        };
        ClassPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ClassOut"][];
        };
        ClassProgressOut: {
            /** @description Null for a class of very many batches. */
            bars: components["schemas"]["BarsOut"] | null;
            batches: number;
            finished: number;
            held: number;
            items: number;
            label_class: components["schemas"]["NamedOut"];
            /** @description Submitted batches, each reviewer's counted. */
            opinions: number;
            outcomes: components["schemas"]["OutcomesOut"];
        };
        /** @description A class as every answer names it. */
        ClassRef: {
            /** Format: uuid */
            readonly id: string;
            name: string;
        };
        ClassRowOut: {
            buckets: components["schemas"]["BucketOut"][];
            confirmed: number;
            decided: number;
            disconfirmed: number;
            incorrect: number;
            interval: number[] | null;
            label_class: components["schemas"]["ClassRef"];
            /** @description Beyond the edges, or without a confidence. */
            outside: number;
            pending: number;
            /** Format: double */
            percent_correct: number | null;
            split: number;
            total: number;
            unsure: number;
        };
        ClassShareOut: {
            label_class: components["schemas"]["ClassRef"];
            labels: number;
        };
        /** @description How to show the object of a box or mask: its part of the picture, and its outline. */
        CloseUpOut: {
            height: number;
            /** @description As the path of an SVG, in pixels of the picture, simplified for a tile. */
            outline: string;
            /** @description The part with some margin at the size of a thumbnail, signed for whoever asks. */
            url: string;
            width: number;
            /** @description The part, in pixels of the picture. */
            x: number;
            y: number;
        };
        CoefficientOut: {
            reason: string | null;
            /** Format: double */
            value: number | null;
        };
        ConfidenceOut: {
            /** Format: double */
            confidence: number | null;
        };
        /** @enum {string} */
        ConfidenceScaleEnum: "fraction" | "percent";
        /** @description All an admin watches on the page of a job in which classes are corrected. */
        CorrectingOut: {
            answered: number;
            /** @description People who hold a batch now. */
            at_work: number;
            batch_time: components["schemas"]["BatchTimeOut"];
            batches: number;
            /** @description The first 500. */
            by_class: components["schemas"]["ClassCorrectingOut"][];
            /** @description The first 200. */
            by_person: components["schemas"]["PersonCorrectingOut"][];
            classes: number;
            /** @description Batches that were sent. */
            finished: number;
            /** @description The first 50 to return. */
            held: components["schemas"]["HeldBatchOut"][];
            held_batches: number;
            items: number;
            /** @description The commonest 200. */
            pairs: components["schemas"]["PairOut"][];
            state: string;
            values: components["schemas"]["ValuesOut"];
        };
        /** @description A label to correct, with the answer that counts. */
        CorrectionOut: {
            /** Format: date-time */
            answered_at: string | null;
            /** @description Only of a box or mask that can be drawn. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            image: string;
            image_ref: string;
            /** Format: uuid */
            label: string;
            /** @description The class that was found wrong. */
            label_class: components["schemas"]["NamedOut"];
            note: string;
            person: components["schemas"]["NamedOut"] | null;
            right_class: components["schemas"]["NamedOut"] | null;
            /**
             * Format: uuid
             * @description The label it became.
             */
            right_label: string | null;
            thumb_url: string;
            /** @description `class`, `none_of_these`, `unsure` or `pending`. */
            value: string;
            width: number | null;
        };
        CorrectionPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["CorrectionOut"][];
        };
        DatasetDetailOut: {
            /** @description From the largest class down. */
            by_class: components["schemas"]["ClassShareOut"][];
            classes: number;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            images: number;
            labels: number;
            name: string;
            /** @description Up to five pictures. */
            samples: components["schemas"]["PictureOut"][];
            sources: components["schemas"]["SourceOut"][];
        };
        DatasetOut: {
            /** @description From the largest class down. */
            by_class: components["schemas"]["ClassShareOut"][];
            classes: number;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            images: number;
            labels: number;
            name: string;
            /** @description Up to five pictures. */
            samples: components["schemas"]["PictureOut"][];
        };
        DatasetPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["DatasetOut"][];
        };
        DealtOut: {
            draft: components["schemas"]["StoredDraftOut"] | null;
            /** Format: uuid */
            id: string;
            items: components["schemas"]["TileOut"][];
            label_class: components["schemas"]["NamedOut"];
            /** Format: date-time */
            lease_expires_at: string;
            reopened: boolean;
            state: string;
        };
        DisputedOut: {
            /** Format: uuid */
            dataset: string;
            /** @description Split or unsure. */
            items: number;
            job: components["schemas"]["NamedOut"];
        };
        DocumentInRequest: {
            objects: components["schemas"]["OutlineInRequest"][];
        };
        /** @description What one person has drawn on one picture. `etag` is what If-Match must say. */
        DocumentOut: {
            etag: string;
            /** Format: uuid */
            image: string;
            /** Format: uuid */
            job: string;
            /** @description From the lowest to the highest; without history. */
            objects: components["schemas"]["OutlineOut"][];
            person: components["schemas"]["PersonOut"];
            /** @description 0 before the first save. */
            revision: number;
            /** Format: date-time */
            saved_at: string | null;
        };
        DocumentPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["DocumentOut"][];
        };
        DraftInRequest: {
            /**
             * Format: int64
             * @default 0
             */
            active_ms?: number;
            client: string;
            /** Format: int64 */
            revision: number;
            verdicts: {
                [key: string]: unknown;
            };
        };
        DrawnClassOut: {
            /** @description Pictures that have one, each annotator's counted. */
            documents: number;
            label_class: components["schemas"]["NamedOut"];
            objects: number;
        };
        DrawnOut: {
            /** @description Objects on pictures that their annotator finished. */
            finished: number;
            label_class: string;
            unfinished: number;
        };
        ExactOutlineOut: {
            /** @description As the path of an SVG, in pixels of the picture; empty for the whole picture. */
            outline: string;
        };
        ExampleCountsOut: {
            held_out: number;
            learned_from: number;
            pictures: number;
            unreadable: number;
        };
        /** @description A reference picture of right or wrong. */
        ExampleInRequest: {
            /** @default  */
            caption?: string;
            /** Format: uuid */
            image: string;
            /** Format: uuid */
            label_class?: string | null;
            right: boolean;
        };
        ExampleOut: {
            caption: string;
            full_url: string;
            right: boolean;
            url: string;
        };
        ExportOut: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            filters: unknown;
            /** Format: date-time */
            finished_at: string | null;
            format: components["schemas"]["ExportOutFormatEnum"];
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            job: string | null;
            job_name: string | null;
            manifest: components["schemas"]["ManifestOut"] | null;
            readonly manifest_url: string | null;
            message: string;
            progress: components["schemas"]["WorkProgressOut"];
            requested_by: string | null;
            /** Format: int64 */
            rows: number | null;
            state: components["schemas"]["WorkStateEnum"];
            readonly url: string | null;
        };
        /** @enum {string} */
        ExportOutFormatEnum: "csv" | "jsonl" | "coco" | "masks" | "sagemaker";
        ExportPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ExportOut"][];
        };
        FactsOut: {
            /** @default  */
            delimiter: string;
            /** @default  */
            encoding: string;
            /** @description In order of the file, as `cells`. */
            headers: string[];
            /** @default  */
            kind: string;
            /** @default  */
            layout: string;
            /** @description Rows drawn from the whole file. */
            random: components["schemas"]["PreviewRowOut"][];
            /** @description What each header may stand for; one that is not listed, anything. */
            roles: {
                [key: string]: ("picture" | "class" | "confidence" | "x" | "y" | "width" | "height" | "xmin" | "ymin" | "xmax" | "ymax" | "extra" | "ignore")[];
            };
            /** @default 0 */
            rows: number;
        };
        /** @enum {string} */
        FileInFormatEnum: "csv" | "jsonl" | "coco" | "masks" | "sagemaker";
        /** @description Which labels, and how they are written. */
        FileInRequest: {
            /** Format: uuid */
            dataset?: string | null;
            /** @default csv */
            format?: components["schemas"]["FileInFormatEnum"];
            /**
             * @description CSV: write what a spreadsheet would run so that it does not.
             * @default true
             */
            guard_formulas?: boolean;
            /** Format: uuid */
            job?: string | null;
            /** @description Ids or exact names. */
            label_classes?: string[];
            /**
             * @description Of a dataset: only the latest job that judged each label.
             * @default false
             */
            latest?: boolean;
            /**
             * Format: double
             * @description Inclusive.
             */
            min_confidence?: number | null;
            outcome?: components["schemas"]["OutcomeEnum"][];
            /**
             * @description JSON Lines: who judged each item, how, with which note.
             * @default false
             */
            reviewers?: boolean;
        };
        ForecastOut: {
            results: components["schemas"]["ForecastRowOut"][];
        };
        ForecastRowOut: {
            label_class: components["schemas"]["ClassRef"];
            /** @description With a box or four points. */
            labels: number;
            /** @description Those of which this segmenter drew no mask yet. */
            missing: number;
            source: string;
        };
        FoundClassOut: {
            /** @description Null when it is rejected. */
            becomes: string | null;
            name: string;
            rows: number;
        };
        FoundConfidenceOut: {
            highest: string | null;
            /** @description 20 bars over the scale. */
            histogram: number[];
            lowest: string | null;
            /** @default 0 */
            missing: number;
            /** @default 0 */
            numbers: number;
        };
        /** @enum {string} */
        FramingEnum: "stretch" | "crop" | "pad";
        HeartbeatInRequest: {
            ids: string[];
        };
        /** @description What somebody has in hand. */
        HeldBatchOut: {
            batch_number: number;
            /** Format: date-time */
            dealt_at: string;
            /** Format: uuid */
            id: string;
            label_class: components["schemas"]["NamedOut"];
            /** Format: date-time */
            lease_expires_at: string;
            /** @description Marks in the saved draft. */
            marks: number;
            person: components["schemas"]["NamedOut"];
        };
        /** @description What somebody has in hand. */
        HeldPictureOut: {
            batch_number: number;
            /** Format: date-time */
            dealt_at: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            lease_expires_at: string;
            /** @description Drawn so far. */
            objects: number;
            person: components["schemas"]["NamedOut"];
            thumb_url: string;
        };
        HolderOut: {
            batches: number;
            name: string;
        };
        /** @enum {string} */
        HowEnum: "corrected" | "confirmed" | "exported" | "trusted";
        ImageLabelOut: {
            /** @description Null for the whole picture. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            /** Format: double */
            confidence: number | null;
            extra: unknown;
            /** Format: uuid */
            readonly id: string;
            label_class: components["schemas"]["ClassRef"];
            region: unknown;
            source: string;
        };
        ImageOut: {
            /** Format: uuid */
            dataset: string;
            /** Format: date-time */
            erased_at: string | null;
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            labels: components["schemas"]["ImageLabelOut"][];
            /** @description Where a picture lies that is not stored here. */
            location: string;
            media_type: string | null;
            ref: string;
            /** @description Paths of this dataset with the same content. */
            same_content: string[];
            sha256: string | null;
            /** @description In bytes. */
            size: number | null;
            thumb_url: string;
            width: number | null;
        };
        ImportCountsOut: {
            /** @description New ones. */
            images: number;
            /** @description New ones. */
            labels: number;
            /** @description Rows and zip entries: the lines of the list. */
            rejected: number;
            rows: number;
            unchanged: number;
            updated: number;
        };
        ImportInRequest: {
            /** Format: uuid */
            dataset: string;
            /** @default false */
            dry_run?: boolean;
            /**
             * Format: binary
             * @description Label CSV, JSON Lines, COCO, Label Studio or FiftyOne, also gzipped.
             */
            file?: string;
            /**
             * @description A folder below IMAGE_ROOTS on the server.
             * @default
             */
            image_root?: string;
            /**
             * Format: binary
             * @description A zip of pictures.
             */
            images?: string;
            mapping?: unknown;
            /** @default reject */
            missing_images?: components["schemas"]["MissingImagesEnum"];
            /**
             * @description s3://bucket/prefix
             * @default
             */
            s3_uri?: string;
            /**
             * @description Who says this; the file's name by default.
             * @default
             */
            source?: string;
        };
        ImportOut: {
            answers: unknown;
            classes: components["schemas"]["FoundClassOut"][];
            /** @description Header to what it was taken for. */
            columns: {
                [key: string]: string;
            };
            confidence: components["schemas"]["FoundConfidenceOut"];
            confidence_scale: (components["schemas"]["ConfidenceScaleEnum"] | components["schemas"]["NullEnum"]) | null;
            counts: components["schemas"]["ImportCountsOut"];
            /** Format: date-time */
            readonly created_at: string;
            /** @default  */
            created_by: string;
            /** Format: uuid */
            dataset: string;
            dry_run: boolean;
            /** @description Why it failed; empty otherwise. */
            error_code: string;
            facts: components["schemas"]["FactsOut"];
            /** Format: int64 */
            file_bytes: number;
            file_name: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            image_root: string;
            images_name: string;
            /** @description Whether answers and mapping may still change. */
            is_open: boolean;
            mapping: components["schemas"]["MappingIn"];
            message: string;
            missing_images: components["schemas"]["MissingImagesEnum"];
            notices: components["schemas"]["NoticeOut"][];
            preview: components["schemas"]["PreviewRowOut"][];
            /** @description The first rejected rows. */
            problems: components["schemas"]["ProblemRowOut"][];
            progress: components["schemas"]["ProgressOut"];
            questions: components["schemas"]["QuestionOut"][];
            /** @description CSV: line or entry, reason. */
            readonly rejected_url: string;
            s3_uri: string;
            /** @description Rejected rows by reason. */
            skips: components["schemas"]["SkipOut"][];
            source: string;
            state: components["schemas"]["WorkStateEnum"];
        };
        /** @description An import in a list, without what only its page shows. */
        ImportRowOut: {
            counts: components["schemas"]["ImportCountsOut"];
            /** Format: date-time */
            readonly created_at: string;
            /** @default  */
            created_by: string;
            /** Format: uuid */
            dataset: string;
            dry_run: boolean;
            error_code: string;
            file_name: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            images_name: string;
            is_open: boolean;
            message: string;
            progress: components["schemas"]["ProgressOut"];
            source: string;
            state: components["schemas"]["WorkStateEnum"];
        };
        ImportRowPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ImportRowOut"][];
        };
        ItemOut: {
            /** Format: uuid */
            batch: string | null;
            /** @description The job's order: only `random` may certify. */
            chosen_by: string;
            /** @description Null for the whole picture. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            /** Format: double */
            confidence: number | null;
            confirm_count: number;
            disconfirm_count: number;
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            image: string;
            image_ref: string;
            /** Format: uuid */
            label: string;
            label_class: components["schemas"]["NamedOut"];
            outcome: string;
            rank: number;
            /** Format: date-time */
            reviewed_at: string | null;
            thumb_url: string;
            unsure_count: number;
            width: number | null;
        };
        ItemPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ItemOut"][];
        };
        /** @description A job to be made or previewed. Classes by id or exact name; empty means all. */
        JobInRequest: {
            /**
             * @description Corrections only: a class that the dataset does not have may be named.
             * @default false
             */
            allow_new_class?: boolean;
            /** @default true */
            allow_unsure?: boolean;
            /** @default 25 */
            batch_size?: number;
            cap_per_class?: number | null;
            /** @default false */
            certify?: boolean;
            /**
             * @description Only labels of `source` whose class this other source did not give the picture.
             * @default
             */
            changed_since?: string;
            /**
             * Format: double
             * @description With `changed_since`: also those whose confidence crossed this.
             */
            crossed?: number | null;
            /** Format: uuid */
            dataset: string;
            examples?: components["schemas"]["ExampleInRequest"][];
            /**
             * Format: uuid
             * @description Corrections and outlining: correct the classes, or the masks, of this check that came to `outcomes`.
             */
            from_job?: string | null;
            /**
             * @description Markdown without HTML.
             * @default
             */
            instructions?: string;
            /** @default verification */
            kind?: string;
            label_classes?: string[];
            /** @default 30 */
            lease_minutes?: number;
            /** Format: double */
            max_confidence?: number | null;
            /** Format: double */
            min_confidence?: number | null;
            name: string;
            /** @default random */
            order?: components["schemas"]["OrderEnum"];
            /** @description With `from_job`; empty means disconfirmed and split. */
            outcomes?: components["schemas"]["OutcomesEnum"][];
            /** @description Instead of a team: the team of exactly these labelers, made where there is none. */
            people?: string[];
            plan?: components["schemas"]["PlanInRequest"];
            /** @default 1 */
            reviewers_per_item?: number;
            /** @default unanimous */
            rule?: components["schemas"]["RuleEnum"];
            seed?: string;
            /** @default  */
            source?: string;
            /** @default confirm */
            start_as?: components["schemas"]["StartAsEnum"];
            /** Format: uuid */
            team?: string | null;
            /**
             * @description Checks only: leave out what somebody judged in another job, or named: the same class of the same picture and region.
             * @default false
             */
            unjudged?: boolean;
            /**
             * @description Only labels that have a mask; pictures with one, when outlining.
             * @default false
             */
            with_mask?: boolean;
        };
        /** @description A job. `items`, `batches` and `by_class` are a forecast while it is a draft. */
        JobOut: {
            allow_new_class: boolean;
            allow_unsure: boolean;
            batch_size: number;
            batches: number;
            by_class: components["schemas"]["ClassForecastOut"][];
            cap_per_class: number | null;
            changed_since: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: double */
            crossed: number | null;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            examples: unknown;
            /** Format: uuid */
            from_job: string | null;
            from_job_name: string | null;
            /** Format: uuid */
            readonly id: string;
            instructions: string;
            instructions_html: string;
            items: number;
            kind: string;
            label_classes: components["schemas"]["NamedOut"][];
            lease_minutes: number;
            /** Format: double */
            max_confidence: number | null;
            /** Format: double */
            min_confidence: number | null;
            name: string;
            order: components["schemas"]["OrderEnum"];
            outcomes: string[];
            plan: unknown;
            reviewers_per_item: number;
            rule: string;
            seed: string;
            source: string;
            start_as: components["schemas"]["StartAsEnum"];
            /** Format: date-time */
            started_at: string | null;
            starting: components["schemas"]["WorkOut"] | null;
            state: components["schemas"]["JobStateEnum"];
            /** Format: date-time */
            state_changed_at: string | null;
            /** Format: uuid */
            team: string | null;
            team_name: string | null;
            unjudged: boolean;
            with_mask: boolean;
        };
        JobPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["JobOut"][];
        };
        /** @description A job to be made or previewed. Classes by id or exact name; empty means all. */
        JobPreviewInRequest: {
            /**
             * @description Corrections only: a class that the dataset does not have may be named.
             * @default false
             */
            allow_new_class?: boolean;
            /** @default true */
            allow_unsure?: boolean;
            /** @default 25 */
            batch_size?: number;
            cap_per_class?: number | null;
            /** @default false */
            certify?: boolean;
            /**
             * @description Only labels of `source` whose class this other source did not give the picture.
             * @default
             */
            changed_since?: string;
            /**
             * Format: double
             * @description With `changed_since`: also those whose confidence crossed this.
             */
            crossed?: number | null;
            /** Format: uuid */
            dataset: string;
            examples?: components["schemas"]["ExampleInRequest"][];
            /**
             * Format: uuid
             * @description Corrections and outlining: correct the classes, or the masks, of this check that came to `outcomes`.
             */
            from_job?: string | null;
            /**
             * @description Markdown without HTML.
             * @default
             */
            instructions?: string;
            /** @default verification */
            kind?: string;
            label_classes?: string[];
            /** @default 30 */
            lease_minutes?: number;
            /** Format: double */
            max_confidence?: number | null;
            /** Format: double */
            min_confidence?: number | null;
            /** @default  */
            name?: string;
            /** @default random */
            order?: components["schemas"]["OrderEnum"];
            /** @description With `from_job`; empty means disconfirmed and split. */
            outcomes?: components["schemas"]["OutcomesEnum"][];
            /** @description Instead of a team: the team of exactly these labelers, made where there is none. */
            people?: string[];
            plan?: components["schemas"]["PlanInRequest"];
            /** @default 1 */
            reviewers_per_item?: number;
            /** @default unanimous */
            rule?: components["schemas"]["RuleEnum"];
            seed?: string;
            /** @default  */
            source?: string;
            /** @default confirm */
            start_as?: components["schemas"]["StartAsEnum"];
            /** Format: uuid */
            team?: string | null;
            /**
             * @description Checks only: leave out what somebody judged in another job, or named: the same class of the same picture and region.
             * @default false
             */
            unjudged?: boolean;
            /**
             * @description Only labels that have a mask; pictures with one, when outlining.
             * @default false
             */
            with_mask?: boolean;
        };
        JobPreviewOut: {
            batches: number;
            by_class: components["schemas"]["ClassForecastOut"][];
            items: number;
            /** @description Items times reviewers. */
            looks: number;
            /** @description Labels of the selection that have a mask; of a correction, masks to correct. */
            masks: number;
            sample: components["schemas"]["SampleOut"][];
            /**
             * Format: double
             * @description Median of past jobs; null without any.
             */
            seconds_per_item: number | null;
        };
        /** @description All an admin watches on the page of a job. */
        JobProgressOut: {
            agreement: components["schemas"]["AgreementOut"];
            /** @description People who hold a batch now. */
            at_work: number;
            batch_time: components["schemas"]["BatchTimeOut"];
            batches: number;
            /** @description The first 500. */
            by_class: components["schemas"]["ClassProgressOut"][];
            /** @description The first 200. */
            by_reviewer: components["schemas"]["ReviewerProgressOut"][];
            classes: number;
            /** @description Batches that all reviewers have sent. */
            finished: number;
            /** @description The first 50 to return. */
            held: components["schemas"]["HeldBatchOut"][];
            held_batches: number;
            items: number;
            /** @description Verdicts of all reviewers. */
            judged: number;
            /** @description Verdicts with a note. */
            noted: number;
            /** @description The latest 50. */
            notes: components["schemas"]["NoteOut"][];
            outcomes: components["schemas"]["OutcomesOut"];
            /** @description On so many of the latest batches rest times, differences and agreement. */
            recent_batches: number;
            state: string;
        };
        /** @enum {string} */
        JobStateEnum: "draft" | "starting" | "running" | "paused" | "closed";
        LabelOut: {
            /** @description Null for the whole picture. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            /** Format: double */
            confidence: number | null;
            extra: unknown;
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            image: string;
            image_ref: string;
            label_class: components["schemas"]["ClassRef"];
            region: unknown;
            source: string;
            /** @description Signed for whoever asks. */
            thumb_url: string;
        };
        LabelPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["LabelOut"][];
        };
        /** @description Outlines on their way to become labels; `added` were none before. */
        LabelRunOut: {
            /** Format: int64 */
            added: number;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            job: string;
            message: string;
            progress: components["schemas"]["WorkOut"];
            state: components["schemas"]["WorkStateEnum"];
            /** Format: int64 */
            unchanged: number;
        };
        LikeOut: {
            /** @description How many of the 64 bits of looks differ: 0 is the same. */
            bits: number | null;
            /**
             * Format: double
             * @description Of features: 1 is the same.
             */
            cosine: number | null;
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            /** @description What is said of the whole picture. */
            label_classes: components["schemas"]["ClassRef"][];
            /** @description Its path, as its file gave it. */
            ref: string;
            thumb_url: string;
            width: number | null;
        };
        LikesOut: {
            /** @description What was compared: no version saw it, so looks. */
            by: components["schemas"]["ByEnum"];
            /** @description The most alike first. */
            results: components["schemas"]["LikeOut"][];
            version: components["schemas"]["RunModelOut"] | null;
        };
        ManifestOut: {
            application: string;
            by: string | null;
            counts: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            dataset: {
                [key: string]: unknown;
            };
            filters: {
                [key: string]: unknown;
            };
            format: string;
            job: {
                [key: string]: unknown;
            } | null;
            labels_sha256: string;
            policy: {
                [key: string]: unknown;
            } | null;
            rows: number;
            rule: string | null;
            verdicts_sha256: string;
        };
        /** @description Answers given beforehand: what columns and numbers mean, which class a name becomes. */
        MappingIn: {
            /** @description Name in the file to the class it becomes; itself to keep it. */
            classes: {
                [key: string]: string;
            };
            /** @description Header to what it stands for. */
            columns: {
                [key: string]: "picture" | "class" | "confidence" | "x" | "y" | "width" | "height" | "xmin" | "ymin" | "xmax" | "ymax" | "extra" | "ignore";
            };
            confidence_scale: components["schemas"]["ConfidenceScaleEnum"];
        };
        /** @description A mask as COCO writes it. */
        MaskField: {
            counts: string;
            size: number[];
        };
        /** @description A mask as COCO writes it. */
        MaskFieldRequest: {
            counts: string;
            size: number[];
        };
        MaskInRequest: {
            /** @description Top-most, left-most, bottom-most, right-most, in any order. */
            extreme_points: number[][];
            /** Format: uuid */
            image: string;
            negative?: number[][];
            /**
             * @description Your name for the object: a newer prompt for it cancels the older.
             * @default
             */
            object?: string;
            positive?: number[][];
            /**
             * Format: uuid
             * @description The mask request that the clicks correct.
             */
            previous?: string | null;
            /**
             * @description The default one when it is missing or empty.
             * @default
             */
            segmenter?: string;
        };
        /** @description A mask, or the way to it: until `state` has ended, ask at `url` again. */
        MaskOut: {
            /** @description Requests that are drawn before this one; null once it has ended. */
            readonly ahead: number | null;
            /** Format: int64 */
            area: number | null;
            /** @description x, y, width, height. */
            bbox: number[] | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: int64 */
            elapsed_ms: number | null;
            /** @description Why it failed, for programs. */
            error_code: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            image: string;
            mask: components["schemas"]["RleOut"] | null;
            /** @description Why there is no mask, for people. */
            message: string;
            /** Format: uuid */
            previous: string | null;
            /** Format: double */
            score: number | null;
            segmenter: string;
            state: components["schemas"]["WorkStateEnum"];
            readonly url: string;
            version: string;
        };
        /** @description A label without a mask, and why. */
        MaskRefusalOut: {
            code: string;
            readonly id: number;
            label: components["schemas"]["LabelOut"];
            reason: string;
        };
        MaskRefusalPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["MaskRefusalOut"][];
        };
        MaskRunInRequest: {
            /** Format: uuid */
            dataset: string;
            /** @description Ids or exact names; all when it is empty. */
            label_classes?: string[];
            /**
             * @description The default one when it is empty.
             * @default
             */
            segmenter?: string;
            /**
             * @description All sources when it is empty.
             * @default
             */
            source?: string;
        };
        /** @description A run; `label_source` is the source of the labels that it makes. */
        MaskRunOut: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            /** Format: int64 */
            drawn: number;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            /** @description None means all. */
            label_classes: components["schemas"]["ClassRef"][];
            label_source: string;
            message: string;
            progress: components["schemas"]["MaskRunProgressOut"];
            /** @description Why labels were refused, the most frequent first. */
            reasons: components["schemas"]["ReasonOut"][];
            /** Format: int64 */
            refused: number;
            requested_by: string | null;
            segmenter: string;
            source: string;
            /** @default queued */
            state: components["schemas"]["WorkStateEnum"];
            version: string;
        };
        MaskRunPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["MaskRunOut"][];
        };
        MaskRunProgressOut: {
            done: number;
            message: string;
            /** Format: double */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        MeOut: {
            /** Format: uuid */
            readonly id: string;
            name: string;
            role: components["schemas"]["RoleEnum"];
            teams: components["schemas"]["TeamOut"][];
            username: string;
        };
        MergeInRequest: {
            /**
             * Format: uuid
             * @description The class that stays.
             */
            into: string;
        };
        /** @enum {string} */
        MethodEnum: "head" | "fine_tune";
        /** @enum {string} */
        MissingImagesEnum: "reject" | "placeholder" | "reference";
        /** @enum {string} */
        ModelKindEnum: "shipped" | "onnx" | "head" | "tuned";
        ModelVersionInRequest: {
            /** @default  */
            architecture?: string;
            /** @description `temperature`: 1 when nothing was fitted. */
            calibration?: unknown;
            /** @description Names in the order of the model's outputs. */
            classes: unknown;
            /**
             * Format: binary
             * @description The ONNX file, weights included.
             */
            file?: string;
            /**
             * @description How a picture becomes a square: squeezed, its middle, or whole on a mat.
             * @default stretch
             */
            framing?: components["schemas"]["FramingEnum"];
            /** @default  */
            licence?: string;
            /**
             * @description You, when it is empty.
             * @default
             */
            made_by?: string;
            /**
             * @default [
             *       0.485,
             *       0.456,
             *       0.406
             *     ]
             */
            mean?: unknown;
            metrics?: unknown;
            name: string;
            /** @default  */
            notes?: string;
            /**
             * @description An ONNX file below WEIGHTS_DIR on the server.
             * @default
             */
            path?: string;
            /**
             * @description Refused when the file has another.
             * @default
             */
            sha256?: string;
            /** @default 224 */
            size?: number;
            /**
             * @default [
             *       0.229,
             *       0.224,
             *       0.225
             *     ]
             */
            std?: unknown;
            trained_on?: unknown;
            version: string;
        };
        /** @description A model version. `label_source`: the source of the labels that its runs make. */
        ModelVersionOut: {
            architecture: string;
            base: components["schemas"]["BaseOut"] | null;
            calibration: {
                [key: string]: unknown;
            };
            readonly class_count: number;
            classes: string[];
            /** Format: date-time */
            readonly created_at: string;
            created_by: string | null;
            features: number;
            /** @description SHA-256 by name. */
            files: {
                [key: string]: string;
            };
            framing: components["schemas"]["FramingEnum"];
            /** Format: uuid */
            readonly id: string;
            kind: components["schemas"]["ModelKindEnum"];
            label_source: string;
            licence: string;
            made_by: string;
            mean: number[];
            metrics: {
                [key: string]: unknown;
            };
            name: string;
            notes: string;
            probabilities: boolean;
            size: number;
            std: number[];
            trained_on: {
                [key: string]: unknown;
            };
            version: string;
            /** Format: int64 */
            weights_bytes: number;
            weights_sha256: string;
        };
        /** @description A model version. `label_source`: the source of the labels that its runs make. */
        ModelVersionRowOut: {
            architecture: string;
            base: components["schemas"]["BaseOut"] | null;
            readonly class_count: number;
            /** Format: date-time */
            readonly created_at: string;
            created_by: string | null;
            /** Format: uuid */
            readonly id: string;
            kind: components["schemas"]["ModelKindEnum"];
            label_source: string;
            licence: string;
            made_by: string;
            name: string;
            version: string;
            /** Format: int64 */
            weights_bytes: number;
            weights_sha256: string;
        };
        ModelVersionRowPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["ModelVersionRowOut"][];
        };
        NamedOut: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        NamedPictureOut: {
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            /** @description Its path, as its file gave it. */
            ref: string;
            thumb_url: string;
            width: number | null;
        };
        NamedPicturePage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["NamedPictureOut"][];
        };
        NameInRequest: {
            name: string;
        };
        NearDuplicatesOut: {
            groups: number;
            /** @description In all groups together. */
            pictures: number;
            /** @description The newest; null where there was none. */
            search: components["schemas"]["TwinSearchOut"] | null;
        };
        NoteOut: {
            image_ref: string;
            /** Format: uuid */
            item: string;
            label_class: components["schemas"]["NamedOut"];
            note: string;
            person: components["schemas"]["NamedOut"];
            thumb_url: string;
            value: string;
        };
        NoticeOut: {
            code: string;
            count: number;
            text: string;
        };
        /** @enum {unknown} */
        NullEnum: null;
        /** @description Pictures by what was said of them; empty means every picture. */
        OnlyInRequest: {
            /** @description Ids or exact names. */
            label_classes?: string[];
            /** Format: double */
            max_confidence?: number;
            /** Format: double */
            min_confidence?: number;
            /** @description Who said it. */
            source?: string;
        };
        OpenBatchOut: {
            batch_number: number;
            batches: number;
            items: number;
            job: components["schemas"]["NamedOut"];
            label_class: components["schemas"]["NamedOut"];
            /** @description Marks in the saved draft. */
            marks: number;
            /** Format: date-time */
            saved_at: string | null;
            /** @description The first pictures of the batch. */
            tiles: components["schemas"]["TileOut"][];
        };
        /** @enum {string} */
        OrderEnum: "random" | "confidence" | "uncertainty" | "disagreement" | "diversity" | "suspicion";
        /** @enum {string} */
        OutcomeEnum: "pending" | "confirmed" | "disconfirmed" | "split" | "unsure";
        /** @enum {string} */
        OutcomesEnum: "disconfirmed" | "split" | "unsure";
        OutcomesOut: {
            confirmed: number;
            disconfirmed: number;
            pending: number;
            split: number;
            unsure: number;
        };
        OutlineInRequest: {
            /** @default true */
            accepted?: boolean;
            /** @default false */
            hidden?: boolean;
            /** @description Steps, as your editor writes them. */
            history?: unknown[];
            id: string;
            label_class?: string | null;
            /** @default false */
            locked?: boolean;
            mask?: components["schemas"]["MaskFieldRequest"] | null;
            /** @default  */
            name?: string;
            /** @default 0 */
            order?: number;
            /** @default hand */
            source?: components["schemas"]["SourceEnum"];
        };
        OutlineOut: {
            accepted: boolean;
            area: number;
            /** @description x, y, width, height. */
            bbox: number[] | null;
            hidden: boolean;
            id: string;
            label_class: components["schemas"]["NamedOut"] | null;
            locked: boolean;
            mask: components["schemas"]["MaskField"] | null;
            name: string;
            order: number;
            source: string;
        };
        /**
         * @description All an admin watches on the page of a job in which people outline. An object counts once it has a
         *     class and a mask and was accepted.
         */
        OutliningOut: {
            /** @description People who hold a picture now. */
            at_work: number;
            /** @description One a picture; null for very many. */
            bars: components["schemas"]["BarsOut"] | null;
            /** @description The first 200. */
            by_annotator: components["schemas"]["AnnotatorOut"][];
            /** @description The first 500. */
            by_class: components["schemas"]["DrawnClassOut"][];
            classes: number;
            /** @description Pictures that all annotators have sent. */
            finished: number;
            /** @description The first 50 to return. */
            held: components["schemas"]["HeldPictureOut"][];
            held_pictures: number;
            /** @description The latest run; null before the first. */
            labels: components["schemas"]["LabelRunOut"] | null;
            objects: number;
            picture_time: components["schemas"]["BatchTimeOut"];
            pictures: number;
            /** @description Each annotator's counted. */
            sent: number;
            /** @description The 50 that were skipped last. */
            skipped: components["schemas"]["SkippedPictureOut"][];
            /** @description That anybody has skipped. */
            skipped_pictures: number;
            state: string;
        };
        OverviewOut: {
            checked: components["schemas"]["CheckedOut"][];
            disputed: components["schemas"]["DisputedOut"][];
        };
        OwnJobOut: {
            /** @description Whether a batch is there for this person now. */
            available: boolean;
            batch_size: number;
            batches: number;
            batches_sent: number;
            /** Format: uuid */
            id: string;
            judged: number;
            kind: string;
            name: string;
            started: boolean;
            state: string;
        };
        /** @description A reviewer's home: only ever their own figures. */
        OwnWorkOut: {
            /** @description Whom to ask for work. */
            admins: string[];
            jobs: components["schemas"]["OwnJobOut"][];
            open: components["schemas"]["OpenBatchOut"] | null;
            /**
             * Format: double
             * @description Median of this week.
             */
            seconds_per_batch: number | null;
            sent: components["schemas"]["SentBatchOut"][];
            /** @description Monday to Sunday. */
            week: components["schemas"]["WorkDayOut"][];
        };
        /** @description How many labels of one class were corrected to another. */
        PairOut: {
            items: number;
            label_class: components["schemas"]["NamedOut"];
            right_class: components["schemas"]["NamedOut"];
        };
        /** @enum {string} */
        PartEnum: "train" | "held_out";
        PasswordInRequest: {
            current: string;
            new: string;
        };
        PatchedClassNameInRequest: {
            name?: string;
        };
        PatchedImportChangeInRequest: {
            /** @description Question id to choice. */
            answers?: {
                [key: string]: string;
            };
            /** @description False lets a dry run become an import. */
            dry_run?: boolean;
            /** @description Replaces the mapping as a whole. */
            mapping?: unknown;
            missing_images?: components["schemas"]["MissingImagesEnum"];
            source?: string;
        };
        /** @description Any part of a job; see `OPEN_FIELDS` for what may change after the start. */
        PatchedJobChangeInRequest: {
            /** @description Corrections only: a class that the dataset does not have may be named. */
            allow_new_class?: boolean;
            allow_unsure?: boolean;
            batch_size?: number;
            cap_per_class?: number | null;
            /** @description Only labels of `source` whose class this other source did not give the picture. */
            changed_since?: string;
            /**
             * Format: double
             * @description With `changed_since`: also those whose confidence crossed this.
             */
            crossed?: number | null;
            examples?: components["schemas"]["ExampleInRequest"][];
            /** @description Markdown without HTML. */
            instructions?: string;
            label_classes?: string[];
            lease_minutes?: number;
            /** Format: double */
            max_confidence?: number | null;
            /** Format: double */
            min_confidence?: number | null;
            name?: string;
            order?: components["schemas"]["OrderEnum"];
            /** @description Instead of a team: the team of exactly these labelers, made where there is none. */
            people?: string[];
            plan?: components["schemas"]["PlanInRequest"];
            reviewers_per_item?: number;
            rule?: components["schemas"]["RuleEnum"];
            seed?: string;
            source?: string;
            start_as?: components["schemas"]["StartAsEnum"];
            /** Format: uuid */
            team?: string | null;
            /** @description Checks only: leave out what somebody judged in another job, or named: the same class of the same picture and region. */
            unjudged?: boolean;
            /** @description Only labels that have a mask; pictures with one, when outlining. */
            with_mask?: boolean;
        };
        PatchedNameInRequest: {
            name?: string;
        };
        PatchedOwnNameInRequest: {
            name?: string;
        };
        PatchedTeamInRequest: {
            name?: string;
        };
        PatchedUserChangeInRequest: {
            is_active?: boolean;
            name?: string;
            role?: components["schemas"]["RoleEnum"];
            teams?: string[];
        };
        PersonCorrectingOut: {
            batches: number;
            person: components["schemas"]["NamedOut"];
            /** Format: double */
            seconds_per_batch: number | null;
            values: components["schemas"]["ValuesOut"];
        };
        PersonOut: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        PictureOut: {
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            thumb_url: string;
            width: number | null;
        };
        PictureSkipInRequest: {
            /** @default  */
            reason?: string;
        };
        PictureSkipOut: {
            person: components["schemas"]["NamedOut"];
            /** @description Empty when none was given. */
            reason: string;
            /** Format: date-time */
            skipped_at: string;
        };
        /** @description What a certificate needs; frozen at the start. */
        PlanInRequest: {
            /** Format: double */
            confidence?: number;
            error_ratio?: string;
            grid?: number[];
            review_budget?: number | null;
            seeds_per_batch?: number;
            start?: string;
        };
        /** @description A form in which null says as much as leaving the field out. */
        PredictionRunInRequest: {
            /** Format: uuid */
            dataset: string;
            /**
             * Format: double
             * @description Pictures below it get no label.
             */
            min_confidence?: number;
            /** Format: uuid */
            model_version: string;
            only?: components["schemas"]["OnlyInRequest"];
            /**
             * @description Classes noted with each label.
             * @default 1
             */
            top_k?: number;
        };
        /** @description A run; `label_source` is the source of the labels that it makes. */
        PredictionRunOut: {
            /** Format: int64 */
            below: number;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            label_source: string;
            /** Format: int64 */
            labelled: number;
            message: string;
            /** Format: double */
            min_confidence: number | null;
            model_version: components["schemas"]["RunModelOut"];
            only: {
                [key: string]: unknown;
            };
            progress: components["schemas"]["RunProgressOut"];
            requested_by: string | null;
            readonly shards: components["schemas"]["ShardsOut"];
            /** Format: date-time */
            started_at: string | null;
            state: components["schemas"]["WorkStateEnum"];
            top_k: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            unreadable: number;
        };
        /** @description A run; `label_source` is the source of the labels that it makes. */
        PredictionRunRowOut: {
            /** Format: int64 */
            below: number;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            label_source: string;
            /** Format: int64 */
            labelled: number;
            message: string;
            /** Format: double */
            min_confidence: number | null;
            model_version: components["schemas"]["RunModelOut"];
            only: {
                [key: string]: unknown;
            };
            progress: components["schemas"]["RunProgressOut"];
            requested_by: string | null;
            /** Format: date-time */
            started_at: string | null;
            state: components["schemas"]["WorkStateEnum"];
            top_k: number;
            /** Format: int64 */
            unchanged: number;
            /** Format: int64 */
            unreadable: number;
        };
        PredictionRunRowPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["PredictionRunRowOut"][];
        };
        PreviewOut: {
            /** @description Of a job in which people outline, by class; else null. */
            objects: components["schemas"]["DrawnOut"][] | null;
            /** @description Of the file; of a COCO file its objects. */
            rows: number;
            sample: components["schemas"]["RowOut"][];
        };
        PreviewRowOut: {
            /** @description In order of `facts.headers`. */
            cells: string[];
            /** Format: double */
            confidence: number | null;
            label_class: string | null;
            line: number;
            picture: string;
            problem: string | null;
        };
        /** @description RFC 9457 problem document; the answer to every request that was refused. */
        Problem: {
            code: string;
            detail: string;
            errors: {
                [key: string]: unknown;
            };
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        ProblemRowOut: {
            cells: string[];
            code: string;
            /** @description The file of a zip or folder. */
            entry: string;
            line: number | null;
            reason: string;
        };
        ProgressOut: {
            done: number;
            message: string;
            /**
             * Format: double
             * @description Of `done`, a second.
             */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        QuestionOut: {
            answer: string | null;
            choices: string[];
            /** @description The class as the file names it. */
            found: string;
            id: string;
            kind: components["schemas"]["QuestionOutKindEnum"];
            /** @description The class it may be. */
            like: string;
            /** @description What no column was taken for. */
            role: string;
            rows: number;
            text: string;
        };
        /** @enum {string} */
        QuestionOutKindEnum: "scale" | "similar_class" | "columns";
        /** @enum {string} */
        ReasonEnum: "stopped" | "all_pass" | "top_bucket_fails" | "no_data" | "unreviewed";
        ReasonOut: {
            code: string;
            count: number;
        };
        ResetInRequest: {
            password: string;
            token: string;
        };
        ResetLinkOut: {
            /** Format: uri */
            url: string;
        };
        /** @description What somebody did in all; from `seen` on, what they did in their latest batches. */
        ReviewerProgressOut: {
            /** @description Those of them that say the same. */
            agreed: number;
            batches: number;
            /** @description Pairs with another's verdict on a picture. */
            compared: number;
            disconfirmed: number;
            judged: number;
            person: components["schemas"]["NamedOut"];
            /** Format: double */
            seconds_per_batch: number | null;
            /** @description Verdicts in their latest batches. */
            seen: number;
            unsure: number;
        };
        /** @description A mask as COCO writes it. */
        RleOut: {
            counts: string;
            /** @description Height, width. */
            size: number[];
        };
        /** @enum {string} */
        RoleEnum: "admin" | "labeler" | "analyst";
        RowOut: {
            box: unknown;
            /** Format: double */
            confidence: number | null;
            confirm_count: number | null;
            disconfirm_count: number | null;
            image: string;
            /** Format: uuid */
            job: string | null;
            label: string;
            mask: unknown;
            outcome: (components["schemas"]["OutcomeEnum"] | components["schemas"]["NullEnum"]) | null;
            /** Format: date-time */
            reviewed_at: string | null;
            source: string;
            unsure_count: number | null;
        };
        /** @enum {string} */
        RuleEnum: "unanimous" | "majority";
        RunModelOut: {
            /** Format: uuid */
            id: string;
            name: string;
            version: string;
        };
        RunProgressOut: {
            done: number;
            message: string;
            /**
             * Format: double
             * @description Pictures a second.
             */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        SampleOut: {
            /** @description Of a box or mask; else null. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            height: number | null;
            /** Format: uuid */
            image: string;
            /** @description Null where the picture is to be outlined. */
            label_class: components["schemas"]["NamedOut"] | null;
            thumb_url: string;
            width: number | null;
        };
        /** @description A segmenter; `reason` says what is wrong with it and what to do, when it cannot be used. */
        SegmenterOut: {
            available: boolean;
            /** @description Asked when a request names none. */
            default: boolean;
            licence: string;
            name: string;
            reason: string;
            title: string;
            version: string;
        };
        SegmentersOut: {
            results: components["schemas"]["SegmenterOut"][];
        };
        SentBatchOut: {
            batch_number: number;
            can_reopen: boolean;
            /** Format: uuid */
            id: string;
            job: components["schemas"]["NamedOut"];
            label_class: components["schemas"]["NamedOut"];
            /** Format: date-time */
            submitted_at: string;
            unsure: number;
            wrong: number;
        };
        ShardOut: {
            attempts: number;
            done: number;
            number: number;
            state: string;
            total: number;
        };
        ShardsOut: {
            ended: number;
            first: components["schemas"]["ShardOut"][];
            /** @description Begun anew after their worker died. */
            restarted: number;
            total: number;
        };
        SignInInRequest: {
            password: string;
            username: string;
        };
        SkipOut: {
            code: string;
            /** @description Of the first of these rows. */
            reason: string;
            rows: number;
        };
        SkippedPictureOut: {
            batch_number: number;
            /** @description The first first. */
            skips: components["schemas"]["PictureSkipOut"][];
            /** @description `nobody_left`: all labelers who see the job have skipped, sent or hold it. */
            state: components["schemas"]["SkippedPictureOutStateEnum"];
            thumb_url: string;
        };
        /** @enum {string} */
        SkippedPictureOutStateEnum: "finished" | "held" | "waiting" | "nobody_left";
        /** @enum {string} */
        SourceEnum: "model" | "model_and_hand" | "hand" | "import" | "none";
        SourceOut: {
            labels: number;
            source: string;
        };
        /** @enum {string} */
        StageEnum: "seeing" | "learning" | "tuning" | "judging";
        /** @enum {string} */
        StartAsEnum: "confirm" | "none";
        StartInRequest: {
            /** @default false */
            force?: boolean;
        };
        StoredDraftOut: {
            client: string;
            revision: number;
            /** Format: date-time */
            saved_at: string | null;
            verdicts: {
                [key: string]: unknown;
            };
        };
        /**
         * @description A verdict for each item of the batch: `confirm`, `disconfirm`, `unsure`, or an object
         *     `{value, note, looked}`. Corrections: the id or exact name of a class, `none_of_these`, `unsure`,
         *     `new:` and the name of a new class, or `{value, note}`. Outlines need none: they were saved as they
         *     were drawn.
         */
        SubmitInRequest: {
            /**
             * Format: int64
             * @default 0
             */
            active_ms?: number;
            verdicts?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description `counts`: of verdicts by value, of corrections (`class`, `none_of_these`, `unsure`), or of
         *     outlined `objects`.
         */
        SubmittedOut: {
            counts: {
                [key: string]: number;
            };
            /** Format: uuid */
            id: string;
            state: string;
            /** Format: date-time */
            submitted_at: string;
        };
        TableOut: {
            class_average: components["schemas"]["AverageOut"];
            classes: components["schemas"]["ClassRowOut"][];
            edges: number[];
            outside: number;
            totals: components["schemas"]["TotalsOut"];
        };
        TeamInRequest: {
            name: string;
        };
        TeamOut: {
            /** Format: uuid */
            readonly id: string;
            name: string;
        };
        TeamPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TeamOut"][];
        };
        ThresholdOut: {
            /** @description Buckets [low, high] without items that the walk stepped over. */
            empty_passed: number[][];
            /** @description Items at the threshold or above, judged or not. */
            kept: number;
            label_class: components["schemas"]["ClassRef"];
            reason: components["schemas"]["ReasonEnum"];
            /** Format: double */
            threshold: number | null;
        };
        ThresholdsOut: {
            classes: components["schemas"]["ThresholdOut"][];
            error_ratio: string;
            method: string;
            strict: boolean;
        };
        TileOut: {
            /** @description Only of a box or mask under review. */
            close_up: components["schemas"]["CloseUpOut"] | null;
            full_url: string;
            height: number | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description Of a picture that is to be outlined.
             */
            image: string;
            position: number;
            /** @description Of a label to correct: the likeliest first, each as a submit takes it. */
            suggested: string[];
            thumb_url: string;
            width: number | null;
        };
        TokenInRequest: {
            days?: number | null;
            name: string;
            /** @default false */
            read_only?: boolean;
        };
        TokenMadeOut: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            hint: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
            read_only: boolean;
            /** @description Shown once; only its hash is kept. */
            token: string;
        };
        TokenOut: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            hint: string;
            /** Format: uuid */
            readonly id: string;
            /** Format: date-time */
            last_used_at: string | null;
            name: string;
            read_only: boolean;
        };
        TokenPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TokenOut"][];
        };
        TokenSignInInRequest: {
            days?: number | null;
            /** @default script */
            name?: string;
            password: string;
            /** @default false */
            read_only?: boolean;
            username: string;
        };
        TotalsOut: {
            buckets: components["schemas"]["BucketOut"][];
            confirmed: number;
            decided: number;
            disconfirmed: number;
            incorrect: number;
            interval: number[] | null;
            /** @description Beyond the edges, or without a confidence. */
            outside: number;
            pending: number;
            /** Format: double */
            percent_correct: number | null;
            split: number;
            total: number;
            unsure: number;
        };
        TrainedClassOut: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /**
         * @description A picture that a training had; classes are null where nothing is said. `before`: by the version it
         *     is compared with.
         */
        TrainingExampleOut: {
            before: components["schemas"]["TrainedClassOut"] | null;
            /** Format: double */
            confidence: number | null;
            given: components["schemas"]["TrainedClassOut"] | null;
            how: components["schemas"]["HowEnum"];
            readonly id: number;
            /** Format: uuid */
            image: string;
            image_ref: string;
            part: components["schemas"]["PartEnum"] | components["schemas"]["BlankEnum"];
            refusal: string;
            right: components["schemas"]["TrainedClassOut"];
            thumb_url: string;
        };
        TrainingExamplePage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TrainingExampleOut"][];
        };
        TrainingProgressOut: {
            done: number;
            message: string;
            /**
             * Format: double
             * @description Pictures a second, while they are seen.
             */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        /** @description A form in which null says as much as leaving the field out. */
        TrainingRunInRequest: {
            /**
             * @description Rare classes weigh more, at the cost of calibration.
             * @default false
             */
            balanced?: boolean;
            /**
             * Format: uuid
             * @description The version that it learns on; the built-in one if empty.
             */
            base?: string;
            /**
             * Format: uuid
             * @description The latest trained one of that name when empty.
             */
            compared_with?: string;
            /** Format: uuid */
            dataset: string;
            /**
             * Format: uuid
             * @description A finished export to learn from instead of the verdicts as they are.
             */
            export?: string;
            /**
             * Format: double
             * @default 0.2
             */
            held_out_share?: number;
            /** @description Only what these jobs judged. */
            jobs?: string[];
            /**
             * @description `head`: in seconds, anywhere; `fine_tune`: the encoder learns too, by a worker with CUDA.
             * @default head
             */
            method?: components["schemas"]["MethodEnum"];
            /**
             * @description Of the model; the dataset's when empty.
             * @default
             */
            name?: string;
            /** @description Labels of these sources are taken at their word, too. */
            sources?: string[];
            /**
             * @description The next number when empty.
             * @default
             */
            version?: string;
        };
        /** @description A training run; `made` is the version that came of it. */
        TrainingRunOut: {
            asked: components["schemas"]["AskedOut"];
            balanced: boolean;
            base: components["schemas"]["VersionNameOut"];
            classes: components["schemas"]["TrainedClassOut"][];
            compared_with: components["schemas"]["VersionNameOut"] | null;
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            readonly examples: components["schemas"]["ExampleCountsOut"];
            /** Format: date-time */
            finished_at: string | null;
            /** Format: double */
            held_out_share: number;
            /** Format: uuid */
            readonly id: string;
            log: string;
            made: components["schemas"]["VersionNameOut"] | null;
            message: string;
            method: components["schemas"]["MethodEnum"];
            name: string;
            progress: components["schemas"]["TrainingProgressOut"];
            requested_by: string | null;
            sha256: string;
            stage: components["schemas"]["StageEnum"];
            /** Format: date-time */
            started_at: string | null;
            /** @default queued */
            state: components["schemas"]["WorkStateEnum"];
            version: string;
        };
        /** @description A training run; `made` is the version that came of it. */
        TrainingRunRowOut: {
            asked: components["schemas"]["AskedOut"];
            balanced: boolean;
            base: components["schemas"]["VersionNameOut"];
            compared_with: components["schemas"]["VersionNameOut"] | null;
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uuid */
            dataset: string;
            dataset_name: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: double */
            held_out_share: number;
            /** Format: uuid */
            readonly id: string;
            made: components["schemas"]["VersionNameOut"] | null;
            message: string;
            method: components["schemas"]["MethodEnum"];
            name: string;
            progress: components["schemas"]["TrainingProgressOut"];
            requested_by: string | null;
            sha256: string;
            stage: components["schemas"]["StageEnum"];
            /** Format: date-time */
            started_at: string | null;
            /** @default queued */
            state: components["schemas"]["WorkStateEnum"];
            version: string;
        };
        TrainingRunRowPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TrainingRunRowOut"][];
        };
        TwinGroupOut: {
            id: number;
            /** @description The first 24 of them. */
            pictures: components["schemas"]["NamedPictureOut"][];
            /** @description How many pictures are nearly the same. */
            size: number;
        };
        TwinGroupPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["TwinGroupOut"][];
        };
        TwinSearchOut: {
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            readonly id: string;
            message: string;
            /** Format: int64 */
            pictures: number;
            progress: components["schemas"]["RunProgressOut"];
            requested_by: string | null;
            /** @description Whose features had to agree; null: looks alone decided. */
            seen_by: components["schemas"]["RunModelOut"] | null;
            state: components["schemas"]["WorkStateEnum"];
            /** Format: int64 */
            unreadable: number;
        };
        UnreadableOut: {
            /** Format: uuid */
            image: string;
            image_ref: string;
            reason: string;
        };
        UnreadablePage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["UnreadableOut"][];
        };
        UserInRequest: {
            /** @default  */
            name?: string;
            password?: string | null;
            role: components["schemas"]["RoleEnum"];
            teams?: string[];
            username: string;
        };
        UserOut: {
            /** Format: uuid */
            readonly id: string;
            is_active: boolean;
            /** Format: date-time */
            last_login: string | null;
            name: string;
            role: components["schemas"]["RoleEnum"];
            teams: components["schemas"]["TeamOut"][];
            username: string;
        };
        UserPage: {
            /** Format: uri */
            next: string | null;
            results: components["schemas"]["UserOut"][];
        };
        ValuesOut: {
            class: number;
            none_of_these: number;
            unsure: number;
        };
        VersionNameOut: {
            /** Format: uuid */
            id: string;
            name: string;
            version: string;
        };
        WarmInRequest: {
            /** @default  */
            segmenter?: string;
        };
        /** @description Whether a worker has the picture ready, by its own word. */
        WarmthOut: {
            /** @description What it took. */
            elapsed_ms: number | null;
            /** @description Why it cannot be got ready, for people. */
            message: string;
            state: components["schemas"]["WarmthOutStateEnum"];
        };
        /** @enum {string} */
        WarmthOutStateEnum: "preparing" | "ready" | "failed";
        /** @description What one person has drawn on one picture. `etag` is what If-Match must say. */
        WholeDocumentOut: {
            etag: string;
            /** Format: uuid */
            image: string;
            /** Format: uuid */
            job: string;
            /** @description From the lowest to the highest. */
            objects: components["schemas"]["WholeOutlineOut"][];
            person: components["schemas"]["PersonOut"];
            /** @description 0 before the first save. */
            revision: number;
            /** Format: date-time */
            saved_at: string | null;
        };
        WholeOutlineOut: {
            accepted: boolean;
            area: number;
            /** @description x, y, width, height. */
            bbox: number[] | null;
            hidden: boolean;
            history: unknown[];
            id: string;
            label_class: components["schemas"]["NamedOut"] | null;
            locked: boolean;
            mask: components["schemas"]["MaskField"] | null;
            name: string;
            order: number;
            source: string;
        };
        WorkDayOut: {
            /** Format: date */
            day: string;
            items: number;
        };
        WorkOut: {
            done: number;
            message: string;
            /** Format: double */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        WorkProgressOut: {
            done: number;
            message: string;
            /** Format: double */
            rate: number | null;
            /** Format: double */
            seconds_left: number | null;
            total: number | null;
        };
        /** @enum {string} */
        WorkStateEnum: "queued" | "checking" | "needs_answers" | "running" | "done" | "failed" | "cancelled";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    annotations_get: {
        parameters: {
            query: {
                /** @description From `next`; opaque. */
                cursor?: string;
                job: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                /** @description Whose; for those who may read results. */
                person?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    annotations_one_get: {
        parameters: {
            query: {
                job: string;
                /** @description Whose; for those who may read results. */
                person?: string;
            };
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeDocumentOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    annotations_one_put: {
        parameters: {
            query: {
                job: string;
                /** @description Whose; for those who may read results. */
                person?: string;
            };
            header: {
                /** @description The ETag of the document that was changed; 428 without, 412 when it is another by now. */
                "If-Match": string;
                /** @description `return=minimal` answers 204 and the new ETag alone. */
                Prefer?: string;
            };
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeDocumentOut"];
                };
            };
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                job?: string;
                mine?: boolean;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                state?: "dealt" | "submitted" | "expired" | "released" | "skipped";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealtOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_draft_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftInRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_release_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_reopen_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DealtOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_skip_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PictureSkipInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_one_submit_post: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 200 characters; the same key again answers the first answer. */
                "Idempotency-Key": string;
            };
            path: {
                assignment_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SubmitInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignments_heartbeat_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HeartbeatInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentsOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    audit_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auth_reset_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auth_session_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auth_session_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    auth_token_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenSignInInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMadeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    classes_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedClassNameInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassRef"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    classes_one_merge_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                class_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    corrections_get: {
        parameters: {
            query: {
                /** @description From `next`; opaque. */
                cursor?: string;
                job: string;
                /** @description The wrong one. */
                label_class?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                right_class?: string;
                value?: "class" | "none_of_these" | "unsure" | "pending";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetDetailOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetDetailOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedNameInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetDetailOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_classes_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_classes_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClassNameInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassRef"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_near_duplicates_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NearDuplicatesOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_near_duplicates_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NearDuplicatesOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_near_duplicates_groups_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TwinGroupPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_near_duplicates_groups_one_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path: {
                dataset_id: string;
                group_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NamedPicturePage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_one_restore_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dataset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetDetailOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    datasets_bin_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BinnedPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FileInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_one_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_one_file_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                    "application/jsonl": string;
                    "application/zip": string;
                    "text/csv": string;
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_one_manifest_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_labels_get: {
        parameters: {
            query?: {
                dataset?: string | null;
                format?: "csv" | "jsonl" | "coco" | "masks" | "sagemaker";
                /** @description CSV: write what a spreadsheet would run so that it does not. */
                guard_formulas?: boolean;
                job?: string | null;
                /** @description Ids or exact names. */
                label_classes?: string[];
                /** @description Of a dataset: only the latest job that judged each label. */
                latest?: boolean;
                /** @description Inclusive. */
                min_confidence?: number | null;
                outcome?: ("pending" | "confirmed" | "disconfirmed" | "split" | "unsure")[];
                /** @description JSON Lines: who judged each item, how, with which note. */
                reviewers?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                    "application/jsonl": string;
                    "application/zip": string;
                    "text/csv": string;
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exports_preview_get: {
        parameters: {
            query?: {
                dataset?: string | null;
                format?: "csv" | "jsonl" | "coco" | "masks" | "sagemaker";
                job?: string | null;
                /** @description Ids or exact names. */
                label_classes?: string[];
                /** @description Of a dataset: only the latest job that judged each label. */
                latest?: boolean;
                /** @description Inclusive. */
                min_confidence?: number | null;
                outcome?: ("pending" | "confirmed" | "disconfirmed" | "split" | "unsure")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    images_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImageOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    images_one_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    images_one_alike_get: {
        parameters: {
            query?: {
                count?: number;
                /** @description Whose features are compared; the newest that saw it when empty. */
                version?: string;
            };
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LikesOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    images_one_warm_get: {
        parameters: {
            query?: {
                segmenter?: string;
            };
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WarmthOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    images_one_warm_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WarmInRequest"];
            };
        };
        responses: {
            /** @description No response body */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportRowPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedImportChangeInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_one_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imports_one_rejected_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    items_get: {
        parameters: {
            query: {
                /** @description From `next`; opaque. */
                cursor?: string;
                job: string;
                label_class?: string;
                max_confidence?: number;
                min_confidence?: number;
                outcome?: ("pending" | "confirmed" | "disconfirmed" | "split" | "unsure")[];
                /** @description Those that the limits leave out instead: beyond them, or without a confidence. */
                outside?: boolean;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    items_one_confidence_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfidenceOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    items_one_outline_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                item_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExactOutlineOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset?: string;
                kind?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                state?: "draft" | "starting" | "running" | "paused" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedJobChangeInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_claim_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ClaimInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_close_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_correcting_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectingOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_labels_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_labels_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_outlining_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutliningOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_pause_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_progress_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobProgressOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_reopen_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_start_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_table_get: {
        parameters: {
            query?: {
                /** @description Increasing fractions from 0 to 1, separated by commas. */
                edges?: string;
                /** @description Count empty buckets as 0 in the class average, as once printed. */
                published?: boolean;
                /** @description Leave out the classes and their average: all of them together. */
                totals_only?: boolean;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_one_thresholds_get: {
        parameters: {
            query?: {
                /** @description Increasing fractions from 0 to 1, separated by commas. */
                edges?: string;
                /** @description bad:good, two whole numbers. */
                error_ratio?: string;
                /** @description One of: walk. */
                method?: string;
                /** @description Whether a bucket exactly at the ratio fails. */
                strict?: boolean;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThresholdsOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jobs_preview_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JobPreviewInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPreviewOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    labels_get: {
        parameters: {
            query: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset: string;
                /** @description Its id or exact name. */
                label_class?: string;
                max_confidence?: number;
                min_confidence?: number;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                source?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_requests_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaskInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskOut"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_requests_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskRunPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaskRunInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_one_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_one_refused_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MaskRefusalPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mask_runs_forecast_get: {
        parameters: {
            query: {
                dataset: string;
                segmenter?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForecastOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_patch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedOwnNameInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_password_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordInRequest"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_sign_out_everywhere_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    me_work_get: {
        parameters: {
            query?: {
                /** @description Whose days count, such as Europe/Berlin. */
                timezone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnWorkOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    model_versions_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                name?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelVersionRowPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    model_versions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelVersionInRequest"];
                "multipart/form-data": components["schemas"]["ModelVersionInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelVersionOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    model_versions_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelVersionOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overview_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prediction_runs_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset?: string;
                model_version?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionRunRowPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prediction_runs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PredictionRunInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prediction_runs_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prediction_runs_one_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    prediction_runs_one_unreadable_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadablePage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    segmenters_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SegmentersOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TeamInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    teams_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedTeamInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMadeOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tokens_one_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    training_runs_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                dataset?: string;
                /** @description The version that came of it. */
                made?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunRowPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    training_runs_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrainingRunInRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    training_runs_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    training_runs_one_cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingRunOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    training_runs_one_examples_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description Pictures that only the new version names right, only the one before, or either of these. */
                differs?: "new" | "old" | "either";
                given?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
                part?: "train" | "held_out";
                right?: string;
                unreadable?: boolean;
                wrong?: boolean;
            };
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingExamplePage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_get: {
        parameters: {
            query?: {
                /** @description From `next`; opaque. */
                cursor?: string;
                /** @description 1 to 2000; 100 by default. */
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserInRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_one_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_one_patch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedUserChangeInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    users_one_reset_link_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResetLinkOut"];
                };
            };
            /** @description The request was refused; `code` says why. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
