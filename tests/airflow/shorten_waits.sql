-- A task that runs tells so every second: one that has been silent for twenty has lost its process.
update task_instance
set last_heartbeat_at = last_heartbeat_at - interval '10 minutes'
where state = 'running' and last_heartbeat_at < now() - interval '20 seconds';

update task_instance
set end_date = end_date - interval '10 minutes'
where state = 'up_for_retry';
